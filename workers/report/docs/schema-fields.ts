/** The fields of a schema as rows of a table, one level deep: what is inside them stands in the OpenAPI document. */
import { z } from "zod";

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** `io` says whether fields with defaults count as required: not in what callers send, always in what they get. */
export function fieldsOf(schema: z.ZodType, io: "input" | "output"): readonly Field[] {
  // zod types its result as a record of unknown; these are the JSON Schema keywords read below.
  const json = z.toJSONSchema(schema, { io, reused: "inline", unrepresentable: "any" }) as JsonSchema & {
    $defs?: unknown;
  };
  return Object.entries(json.properties ?? {}).map(([name, field]) => ({
    name,
    type: typeOf(field),
    required: json.required?.includes(name) ?? false,
    description: [field.description, defaultOf(field)].filter(Boolean).join(" "),
  }));
}

function defaultOf(field: JsonSchema): string {
  return field.default === undefined ? "" : `Default: ${JSON.stringify(field.default)}.`;
}

function typeOf(field: JsonSchema): string {
  if (field.$ref !== undefined) return field.$ref.split("/").at(-1) ?? "object";
  if (field.enum !== undefined) return field.enum.map(String).join(", ");
  if (field.anyOf !== undefined) return field.anyOf.map(typeOf).join(" or ");
  if (field.type === "array") return `array of ${typeOf(field.items ?? {})}`;
  return typeof field.type === "string" ? field.type : "any";
}
