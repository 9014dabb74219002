/**
 * JSON as it was written: numbers keep their digits, objects remember keys that stood twice, and every container carries a
 * hash in which key order, white space and number notation do not matter. Plain data; `parse.ts` makes it.
 */
import { hashText } from "../hash.ts";
import { canonicalNumber } from "./number.ts";

export interface JsonNumber {
  readonly type: "number";
  /** The number as it was written. */
  readonly text: string;
}

export interface JsonList {
  readonly type: "list";
  readonly items: readonly Json[];
  /** The text ended before the list did. */
  readonly open: boolean;
  readonly hash: number;
}

export interface JsonObject {
  readonly type: "object";
  readonly members: ReadonlyMap<string, Json>;
  /** Keys that stood more than once with values that differ; the last one counts. */
  readonly duplicates: readonly string[];
  /** The text ended before the object did. */
  readonly open: boolean;
  readonly hash: number;
}

export type Json = null | boolean | string | JsonNumber | JsonList | JsonObject;
export type JsonType = "null" | "boolean" | "string" | "number" | "list" | "object";

export function typeOf(json: Json): JsonType {
  if (json === null) return "null";
  if (typeof json === "boolean") return "boolean";
  if (typeof json === "string") return "string";
  return json.type;
}

/** Equal hashes mean equal values: same type, same content, whatever the notation. */
export function hashOf(json: Json): number {
  if (json === null) return 1;
  if (typeof json === "boolean") return json ? 3 : 2;
  if (typeof json === "string") return hashText(json, 11);
  if (json.type === "number") return hashText(canonicalNumber(json.text), 13);
  return json.hash;
}

export function isScalar(json: Json): json is null | boolean | string | JsonNumber {
  const type = typeOf(json);
  return type !== "list" && type !== "object";
}

export function isObject(json: Json): json is JsonObject {
  return typeOf(json) === "object";
}

export function isList(json: Json): json is JsonList {
  return typeOf(json) === "list";
}
