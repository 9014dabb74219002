/** Forms and queries of which nothing but the shape is kept. */
import { percentDecoded } from "./encoded.ts";
import type { Redaction } from "./redaction.ts";

/** Every value goes, the names stay. */
export function shapeOfForm(form: string, redaction: Redaction): string {
  return form.replaceAll(/(?<=^|[?&;#])([^=&;#]*)(?:=([^&;#]*))?/g, (part: string, name: string, value?: string) => {
    if (part === "") return "";
    const kept = redaction.text(name, { plus: true });
    return value === undefined ? kept : `${kept}=${redaction.replace("string", percentDecoded(value))}`;
  });
}
