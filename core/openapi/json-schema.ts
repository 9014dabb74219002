/**
 * Schemas of OpenAPI 3.0, 3.1 and Swagger 2 as plain JSON Schema, by a list of known keywords. Everything the check cannot do in
 * bounded time (regular expressions, uniqueness) or that redaction would break (lengths, most formats) is left out: the
 * contract then promises less, and nothing false.
 */
import type { JsonSchema } from "../compare/settings.ts";

/** Values that are taken as they are. */
const PLAIN = ["type", "minimum", "maximum", "minItems", "maxItems", "multipleOf"] as const;

const FORMATS: ReadonlySet<unknown> = new Set(["date", "date-time", "uuid"]);

/** Longer enumerations are compared value by value for every element of a list. */
const MAX_ENUM = 1_000;
const MAX_DEPTH = 60;

/** Schemas in all, aliases of YAML counted each time: some twenty times what large public APIs have. */
const MAX_SCHEMAS = 100_000;

export type Node = Readonly<Record<string, unknown>>;

/** Collects what schemas refer to, and the parts that are referred to so that each step of the check can be counted. */
export interface Conversion {
  /** `#/components/schemas/User` to `#/$defs/User`; null for what is not in this file. */
  readonly refer: (pointer: string) => string | null;
  /** Puts a part aside under a name of its own: `#/$defs/part-17`. */
  readonly hoist: (schema: JsonSchema) => JsonSchema;
  /** Schemas converted so far. */
  count: number;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Anything that is no schema promises nothing. */
export function jsonSchemaOf(value: unknown, conversion: Conversion, depth = 0): JsonSchema {
  if (typeof value === "boolean") return value;
  conversion.count += 1;
  if (!isNode(value) || depth > MAX_DEPTH || conversion.count > MAX_SCHEMAS) return true;
  const schema = typeof value.$ref === "string" ? referring(value.$ref, conversion) : own(value, conversion, depth);
  return value.nullable === true ? nullable(schema) : schema;
}

function referring(pointer: string, { refer }: Conversion): JsonSchema {
  const name = refer(pointer);
  return name === null ? true : { $ref: name };
}

function own(node: Node, conversion: Conversion, depth: number): JsonSchema {
  const inner = (value: unknown) => conversion.hoist(jsonSchemaOf(value, conversion, depth + 1));
  const out: Record<string, unknown> = { ...plainOf(node), ...bounds(node) };
  if (isNode(node.properties))
    out.properties = mapped(node.properties, (value) => jsonSchemaOf(value, conversion, depth + 1));
  if (node.additionalProperties !== undefined && node.patternProperties === undefined)
    out.additionalProperties = inner(node.additionalProperties);
  if (node.items !== undefined && !Array.isArray(node.items)) out.items = inner(node.items);
  for (const keyword of ["allOf", "anyOf"]) if (Array.isArray(node[keyword])) out[keyword] = node[keyword].map(inner);
  // Which of several branches is meant says the discriminator; that one of them fits is what can be checked without it.
  if (Array.isArray(node.oneOf)) out[Array.isArray(node.anyOf) ? "allOf" : "anyOf"] = branches(node, inner);
  return out;
}

function plainOf(node: Node): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const keyword of PLAIN) if (node[keyword] !== undefined) out[keyword] = node[keyword];
  if (Array.isArray(node.enum) && node.enum.length <= MAX_ENUM) out.enum = node.enum;
  if ("const" in node) out.const = node.const;
  if (FORMATS.has(node.format)) out.format = node.format;
  const required = requiredOf(node);
  return required === null ? out : { ...out, required };
}

function branches(node: Node, inner: (value: unknown) => JsonSchema): readonly JsonSchema[] {
  const one = Array.isArray(node.oneOf) ? node.oneOf.map(inner) : [];
  if (!Array.isArray(node.anyOf)) return one;
  const all = Array.isArray(node.allOf) ? node.allOf.map(inner) : [];
  return [...all, { anyOf: one }];
}

/** In 3.0 an exclusive bound is a flag on the other one. */
function bounds(node: Node): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [flag, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof node[flag] === "number") out[flag] = node[flag];
    if (node[flag] === true && typeof node[bound] === "number") out[flag] = node[bound];
  }
  return out;
}

/** What is only ever written need not be in an answer. */
function requiredOf({ required, properties }: Node): readonly string[] | null {
  if (!Array.isArray(required)) return null;
  const isWriteOnly = (name: string) => {
    const property = isNode(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isNode(property) && property.writeOnly === true;
  };
  return required.filter((name): name is string => typeof name === "string" && !isWriteOnly(name));
}

/** 3.0's `nullable`, which beside a reference is not allowed and often meant all the same. */
function nullable(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return true;
  const { type } = schema;
  const values: readonly unknown[] | null = Array.isArray(schema.enum) ? schema.enum : null;
  if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
  const withNull = values !== null && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...schema, ...withNull, type: [type, "null"] };
}

export function mapped<T>(node: Node, of: (value: unknown, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, of(value, key)]));
}
