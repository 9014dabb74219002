/**
 * The engine for users' patterns: linear time whatever the pattern and the text. 46 KB, so it is loaded only by a tee that
 * has a pattern to run; nothing else may import this file.
 */
import { RE2JS } from "re2js";
import type { FindSpans, Span } from "../../../core/redact/rules.ts";

/** Parts of one text that one pattern may match; beyond them the rest of the text is taken whole. */
const MAX_MATCHES = 1_000;

/** Longer texts are not searched but taken whole: 256 KB would hold an isolate for seconds. */
const MAX_TEXT_CHARS = 65_536;

/** A finder of the pattern's matches; undefined where it is no RE2 pattern, or matches the empty text and so says nothing. */
export function compilePattern(pattern: string): FindSpans | undefined {
  try {
    const compiled = RE2JS.compile(pattern);
    return compiled.matcher("").find() ? undefined : (text) => spansOf(compiled, text);
  } catch {
    return undefined;
  }
}

function spansOf(compiled: RE2JS, text: string): readonly Span[] {
  if (text.length > MAX_TEXT_CHARS) return [{ start: 0, end: text.length }];
  const spans: Span[] = [];
  const matcher = compiled.matcher(text);
  while (matcher.find()) {
    if (spans.length >= MAX_MATCHES) return [...spans, { start: matcher.start(), end: text.length }];
    spans.push({ start: matcher.start(), end: matcher.end() });
  }
  return spans;
}
