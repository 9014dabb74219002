/**
 * The engine for users' patterns: linear time whatever the pattern and the text. 46 KB, so it is loaded only by a tee that
 * has a pattern to run; nothing else may import this file.
 */
import { RE2JS } from "re2js";
import { finderOf } from "../../../core/redact/finder.ts";
import type { FindSpans } from "../../../core/redact/rules.ts";

/** A finder of the pattern's matches; undefined where it is no RE2 pattern, or matches the empty text and so says nothing. */
export function compilePattern(pattern: string): FindSpans | undefined {
  return finderOf(() => RE2JS.compile(pattern));
}
