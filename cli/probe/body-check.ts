/** Answers against JSON Schemas: compiled once, asked after the clock has stopped. Says where an answer is wrong, never what it holds. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";

/** Null: the body fits. */
export type BodyCheck = (body: Buffer) => BodyFault | null;

export interface BodyFault {
  readonly failed: "not-json" | "schema" | "different";
  readonly detail: string;
}

/** Names of fields are the service's: a line of its own in a log of CI could be a command there, and an escape one for the terminal. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const MAX_PATH_CHARS = 200;

/** Keywords that only say that something inside is wrong. */
const WRAPPERS: ReadonlySet<string> = new Set(["$ref", "properties", "items", "allOf", "anyOf", "oneOf"]);

/** `reason` says what is wrong with the schema itself. */
export function compileBodyCheck(schema: Schema | boolean): BodyCheck | { readonly reason: string } {
  try {
    const validator = new Validator(schema, "2020-12");
    // Whatever it refers to and cannot find is told by the first use.
    validator.validate(null);
    return (body) => faultIn(body, validator);
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function faultIn(body: Buffer, validator: Validator): BodyFault | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    return { failed: "not-json", detail: `the body (${body.length} bytes) is not JSON` };
  }
  try {
    const { valid, errors } = validator.validate(value);
    return valid ? null : { failed: "schema", detail: detailOf(errors) };
  } catch (error) {
    return { failed: "schema", detail: `it cannot be checked: ${error instanceof Error ? error.message : ""}` };
  }
}

function detailOf(errors: readonly OutputUnit[]): string {
  const leaves = errors.filter(({ keyword }) => !WRAPPERS.has(keyword));
  // The deepest says most: of several alternatives it is of the one that was meant.
  const [leaf = errors.at(-1)] = leaves.toSorted((x, y) => levels(y) - levels(x));
  if (leaf === undefined) return "it does not fit";
  const { keyword, instanceLocation, error } = leaf;
  const place = pathOf(instanceLocation);
  const missing = keyword === "required" ? /property "(.*)"/s.exec(error)?.[1] : undefined;
  if (missing !== undefined) return `${place}.${missing} is missing`;
  if (keyword === "type") return `${place} has another type than the schema's`;
  return `${place} breaks "${keyword}" of the schema`;
}

function levels({ instanceLocation }: OutputUnit): number {
  return instanceLocation.split("/").length;
}

/** `#/events/0/delta` as `$.events[0].delta`. */
function pathOf(location: string): string {
  const steps = location.split("/").slice(1);
  // The library encodes names as in an address.
  const named = steps.map((step) => decodeURI(step).replaceAll("%23", "#").replaceAll("~1", "/").replaceAll("~0", "~"));
  const path = `$${named.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join("")}`;
  return path.replaceAll(UNPRINTABLE, "\ufffd").slice(0, MAX_PATH_CHARS);
}
