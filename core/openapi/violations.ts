/**
 * Where a JSON body breaks a schema. The validator is a library without code generation; its work is counted by the references
 * it follows, because every list element and every branch of a schema is one (`json-schema.ts` sees to that).
 */
import { validate } from "@cfworker/json-schema";
import { itemPlace, memberPlace, type Place, pathOf, patternOf, ROOT } from "../compare/differences/place.ts";
import type { ApiContract, JsonSchema } from "../compare/settings.ts";

/** References followed for one body: lists of some thousand objects. What asks for more is not checked. */
const MAX_STEPS = 50_000;

/** Characters of a body that is checked. */
const MAX_BODY_CHARS = 200_000;

export interface Violation {
  readonly path: string;
  readonly pattern: string;
  /** The schema's keyword. The place of a missing field is the field's own. */
  readonly what: string;
}

/** Keywords that only say that something inside is wrong. */
const WRAPPERS: ReadonlySet<string> = new Set(["$ref", "properties", "items", "allOf", "additionalProperties"]);

/** What each keyword promises, for people. */
const WORDS: Readonly<Record<string, string>> = {
  required: "is missing, against",
  type: "has another type than in",
  enum: "is none of the values in",
  const: "is not the value in",
  format: "has another format than in",
  anyOf: "fits none of the alternatives in",
  false: "is no field of",
  minItems: "has too few elements for",
  maxItems: "has too many elements for",
};

/** `has another type`; the sentence goes on with the OpenAPI file. */
export function wordsFor(what: string): string {
  return WORDS[what] ?? `breaks the ${what} of`;
}

/** Null where it cannot be said: no JSON, too large, too deep or too much work. */
export function violationsIn(body: string, schema: JsonSchema, contract: ApiContract): readonly Violation[] | null {
  if (body.length > MAX_BODY_CHARS) return null;
  try {
    const value: unknown = JSON.parse(body);
    const { errors } = validate(value, schema, "2020-12", countedLookup(contract), false);
    const leaves = errors.filter(
      ({ keyword, keywordLocation }) => !WRAPPERS.has(keyword) && !keywordLocation.includes("/anyOf/"),
    );
    return leaves.flatMap((error) => violationAt(value, error) ?? []);
  } catch {
    return null;
  }
}

interface SchemaError {
  readonly keyword: string;
  readonly instanceLocation: string;
  readonly error: string;
}

function violationAt(root: unknown, { keyword, instanceLocation, error }: SchemaError): Violation | null {
  let place: Place = ROOT;
  let value = root;
  for (const step of instanceLocation.split("/").slice(1)) {
    const key = decodeURI(step).replaceAll("%23", "#").replaceAll("~1", "/").replaceAll("~0", "~");
    place = Array.isArray(value) ? itemPlace(place, Number(key)) : memberPlace(place, key);
    value = memberOf(value, key);
  }
  // The value is a token that stands for a secret: what it looks like is ours.
  if (typeof value === "string" && value.includes("redacted:")) return null;
  const missing = keyword === "required" ? /property "(.*)"/s.exec(error)?.[1] : undefined;
  const at = missing === undefined ? place : memberPlace(place, missing);
  return { path: pathOf(at), pattern: patternOf(at), what: keyword };
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  // Any object or list of JSON is a record of unknown values.
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** Contracts are kept by the consumer for half a minute and more, so their tables are made once. */
const tables = new WeakMap<ApiContract, Record<string, JsonSchema>>();

function countedLookup(contract: ApiContract): Record<string, JsonSchema> {
  const known = tables.get(contract);
  const table = known ?? tableOf(contract);
  tables.set(contract, table);
  let left = MAX_STEPS;
  return new Proxy(table, {
    get: (target, name) => {
      left -= 1;
      if (left < 0) throw new RangeError("too many steps");
      return typeof name === "string" ? target[name] : undefined;
    },
  });
}

function tableOf({ definitions }: ApiContract): Record<string, JsonSchema> {
  const entries = Object.entries(definitions).map(([name, schema]) => [`#/$defs/${name}`, schema] as const);
  return Object.fromEntries(entries);
}
