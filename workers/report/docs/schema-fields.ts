/** The fields of a schema as rows of a table; those of objects inside it two levels deep, the rest is in the OpenAPI document. */
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

/** Levels of objects that are opened: `items[].pull.number`. */
const MAX_DEPTH = 3;

type Definitions = Readonly<Record<string, JsonSchema>>;

/** `io` says whether fields with defaults count as required: not in what callers send, always in what they get. */
export function fieldsOf(schema: z.ZodType, io: "input" | "output"): readonly Field[] {
  // zod types its result as a record of unknown; these are the JSON Schema keywords read below.
  const json = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema & { readonly $defs?: Definitions };
  return fieldsIn(json, { definitions: json.$defs ?? {}, prefix: "", depth: 1 });
}

interface Place {
  readonly definitions: Definitions;
  readonly prefix: string;
  readonly depth: number;
}

function fieldsIn(schema: JsonSchema, { definitions, prefix, depth }: Place): readonly Field[] {
  const { properties = {}, required = [] } = resolved(schema, definitions);
  return Object.entries(properties).flatMap(([key, property]) => {
    const name = `${prefix}${key}`;
    const field = resolved(property, definitions);
    const description = [property.description ?? field.description, defaultOf(property)].filter(Boolean).join(" ");
    const own = { name, type: typeOf(property), required: required.includes(key), description };
    if (depth >= MAX_DEPTH) return [own];
    const within = field.items === undefined ? `${name}.` : `${name}[].`;
    return [own, ...fieldsIn(field.items ?? field, { definitions, prefix: within, depth: depth + 1 })];
  });
}

function resolved(schema: JsonSchema, definitions: Definitions): JsonSchema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (definitions[name] ?? schema);
}

function defaultOf(field: JsonSchema): string {
  return field.default === undefined ? "" : `Default: ${JSON.stringify(field.default)}.`;
}

function typeOf(field: JsonSchema): string {
  if (field.$ref !== undefined) return field.$ref.split("/").at(-1) ?? "object";
  if (field.enum !== undefined) return field.enum.map(String).join(", ");
  if (field.anyOf !== undefined) return field.anyOf.map(typeOf).join(" or ");
  if (field.type === "array") return `array of ${typeOf(field.items ?? {})}`;
  return [field.type ?? "any"].flat().join(" or ");
}
