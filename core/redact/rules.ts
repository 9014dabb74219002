/**
 * What is redacted for one deployment: the names and patterns that always hold, and what its settings add. Made once for
 * a table and used for all its pairs, because the names it has judged are remembered here.
 */
import type { Result } from "../pair/result.ts";
import { MAX_USER_PATTERN_CHARS, MAX_USER_PATTERNS, type RedactSettings } from "../wire/target.ts";
import { type NameBook, nameBook, stemsOf } from "./names.ts";

/** A part of a text, from `start` up to and without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds all parts of a text that a user's pattern matches. Has to run in linear time: the text is anybody's. */
export type FindSpans = (text: string) => readonly Span[];

/** Makes a finder of a pattern in RE2 syntax; undefined where it does not compile. The engine is the shell's choice. */
export type CompilePattern = (pattern: string) => FindSpans | undefined;

export interface RedactionRules {
  readonly names: NameBook;
  /** Where a secret name may stand in a text: a cheap search before reading names. */
  readonly stems: RegExp;
  readonly patterns: readonly FindSpans[];
  readonly phones: boolean;
  readonly shapeOnly: boolean;
  /** Even short values have to be looked at: a user's pattern may match anything. */
  readonly looksAtAll: boolean;
}

/**
 * The rules of these settings. A pattern that does not compile, is too long or is one too many, or patterns without an
 * engine, are a reason to send nothing: what the user wanted hidden would not be.
 */
export function rulesOf(settings: RedactSettings, compile?: CompilePattern): Result<RedactionRules, "pattern"> {
  const { patterns: sources, names, phones, shapeOnly } = settings;
  if (sources.length > MAX_USER_PATTERNS) return { ok: false, reason: "pattern", detail: "too many patterns" };
  const patterns: FindSpans[] = [];
  for (const source of sources) {
    const find = source.length <= MAX_USER_PATTERN_CHARS ? compile?.(source) : undefined;
    if (find === undefined) return { ok: false, reason: "pattern", detail: source };
    patterns.push(find);
  }
  const looksAtAll = patterns.length > 0 || phones;
  return {
    ok: true,
    value: { names: nameBook(names), stems: stemsOf(names), patterns, phones, shapeOnly, looksAtAll },
  };
}

/** What holds without any settings. */
export const DEFAULT_RULES: RedactionRules = {
  names: nameBook([]),
  stems: stemsOf([]),
  patterns: [],
  phones: false,
  shapeOnly: false,
  looksAtAll: false,
};
