/**
 * Excerpts of values in JSON notation, for findings and for the model. Bounded: a body may be large, a finding may not.
 * Long strings that differ are cut around the first place where they do.
 */
import type { Json } from "./json/value.ts";

/** The most characters of a value that travel with a difference; what a model is shown around one. */
export const MAX_EXCERPT_CHARS = 2_000;

/** Characters that are kept before the first difference of two long strings. */
const LEAD_CHARS = 200;

/** Levels of a container that an excerpt shows. */
const EXCERPT_LEVELS = 4;

/** `{"a":1,"b":[…]}`, at most `MAX_EXCERPT_CHARS` characters. */
export function excerptOf(json: Json): string {
  const text = written(json, EXCERPT_LEVELS);
  return text.length <= MAX_EXCERPT_CHARS ? text : `${text.slice(0, MAX_EXCERPT_CHARS - 1)}…`;
}

/** Excerpts of two strings, cut at the same place so that the first difference shows in both. */
export function excerptsOf(reference: string, shadow: string): readonly [string, string] {
  if (reference.length <= MAX_EXCERPT_CHARS && shadow.length <= MAX_EXCERPT_CHARS)
    return [JSON.stringify(reference), JSON.stringify(shadow)];
  const from = Math.max(0, firstDifference(reference, shadow) - LEAD_CHARS);
  return [windowOf(reference, from), windowOf(shadow, from)];
}

function windowOf(text: string, from: number): string {
  const to = from + MAX_EXCERPT_CHARS - 4;
  return JSON.stringify(`${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function written(json: Json, levels: number): string {
  if (json === null || typeof json === "boolean") return String(json);
  if (typeof json === "string") return JSON.stringify(json.slice(0, MAX_EXCERPT_CHARS));
  if (json.type === "number") return json.text;
  if (json.type === "list") {
    if (levels === 0) return json.items.length === 0 ? "[]" : "[…]";
    return `[${joined(json.items, (item) => written(item, levels - 1))}]`;
  }
  if (levels === 0) return json.members.size === 0 ? "{}" : "{…}";
  return `{${joined([...json.members], ([key, value]) => `${JSON.stringify(key)}:${written(value, levels - 1)}`)}}`;
}

function joined<T>(parts: readonly T[], write: (part: T) => string): string {
  const shown: string[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > MAX_EXCERPT_CHARS) return `${shown.join(",")},…`;
    const text = write(part);
    length += text.length;
    shown.push(text);
  }
  return shown.join(",");
}
