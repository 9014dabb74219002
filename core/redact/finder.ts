/**
 * A user's pattern as a finder of spans, bounded in work. The engine that compiles it comes from outside: it is large, and the
 * tee loads it only where there is a pattern to run.
 */
import type { FindSpans, Span } from "./rules.ts";

/** What a finder needs of a compiled pattern; the engine must run in linear time. */
export interface CompiledPattern {
  readonly matcher: (text: string) => { find(): boolean; start(): number; end(): number };
}

/** Parts of one text that one pattern may match; beyond them the rest of the text is taken whole. */
const MAX_MATCHES = 1_000;

/** Longer texts are not searched but taken whole: 256 KB would hold an isolate for seconds. */
const MAX_TEXT_CHARS = 65_536;

/** Undefined where `compile` throws, or the pattern matches the empty text and so says nothing. */
export function finderOf(compile: () => CompiledPattern): FindSpans | undefined {
  try {
    const compiled = compile();
    return compiled.matcher("").find() ? undefined : (text) => spansOf(compiled, text);
  } catch {
    return undefined;
  }
}

function spansOf(compiled: CompiledPattern, text: string): readonly Span[] {
  if (text.length > MAX_TEXT_CHARS) return [{ start: 0, end: text.length }];
  const spans: Span[] = [];
  const matcher = compiled.matcher(text);
  while (matcher.find()) {
    if (spans.length >= MAX_MATCHES) return [...spans, { start: matcher.start(), end: text.length }];
    spans.push({ start: matcher.start(), end: matcher.end() });
  }
  return spans;
}
