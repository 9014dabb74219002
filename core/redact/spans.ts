/** Replaces parts of a text and leaves what is a token already alone: what all kinds of redaction in a text have in common. */
import type { Span } from "./rules.ts";
import { TOKENS } from "./token.ts";

/** Puts what `replacement` makes of each span in its place. Spans may overlap: the one that starts first wins. */
export function replaceSpans(text: string, spans: readonly Span[], replacement: (value: string) => string): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let copied = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= copied) continue;
    // What sticks out of an earlier span is no less secret.
    const from = Math.max(start, copied);
    pieces.push(text.slice(copied, from), replacement(text.slice(from, end)));
    copied = end;
  }
  return pieces.join("") + text.slice(copied);
}

/** Runs over the parts of a text between its tokens, so that no token is taken for a value. */
export function betweenTokens(text: string, redact: (part: string) => string): string {
  if (!text.includes("redacted:")) return redact(text);
  const pieces: string[] = [];
  let copied = 0;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    pieces.push(redact(text.slice(copied, index)), token);
    copied = index + token.length;
  }
  return pieces.join("") + redact(text.slice(copied));
}
