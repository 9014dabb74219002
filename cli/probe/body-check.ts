/** Answers against JSON Schemas: compiled once, asked after the clock has stopped. Says where an answer is wrong, never what it holds. */

import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { messageOf } from "../error-text.ts";

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
    return { reason: reasonOf(messageOf(error)) };
  }
}

/** The library goes on about addresses that it made up itself. */
function reasonOf(message: string): string {
  return /^Unresolved \$ref "[^"]*"/.exec(message)?.[0] ?? message;
}

function faultIn(body: Buffer, validator: Validator): BodyFault | null {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    return { failed: "not-json", detail: noJson(body) };
  }
  try {
    const { valid, errors } = validator.validate(value);
    return valid ? null : { failed: "schema", detail: detailOf(errors) };
  } catch (error) {
    return { failed: "schema", detail: `it cannot be checked: ${messageOf(error)}` };
  }
}

/** RFC 8259, 8.1 forbids the mark at the beginning that some servers write and no editor shows. */
function noJson(body: Buffer): string {
  if (body.length === 0) return "the answer has no body, and its schema wants JSON";
  const isMarked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return `the body (${body.length} bytes) ${isMarked ? "begins with a byte order mark, which JSON may not" : "is not JSON"}`;
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
