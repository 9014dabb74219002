/**
 * Excerpts of texts in JSON notation, for findings and for the model. Bounded: a body may be large, a finding may not.
 * Long strings that differ are cut around the first place where they do. Excerpts of JSON values: `json/written.ts`.
 */
/** The most characters of a value that travel with a difference; what a model is shown around one. */
export const MAX_EXCERPT_CHARS = 2_000;

/** Characters that are kept before the first difference of two long strings. */
const LEAD_CHARS = 200;

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
