/** JSON that lies in a column. Text that is not what the consumer writes is logged and replaced, so one row hides no list. */
import type { z } from "zod";

export function readStored<T>(text: string, schema: z.ZodType<T>, otherwise: T): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    console.error(JSON.stringify({ event: "stored-json-unreadable", error: String(error).slice(0, 500) }));
    return otherwise;
  }
}
