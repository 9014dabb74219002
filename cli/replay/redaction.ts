/** What is redacted in the pairs of a replay: what always is, and what the repository's configuration adds. */
import { RE2JS } from "re2js";
import type { Result } from "../../core/pair/result.ts";
import { type FindSpans, type RedactionRules, rulesOf, type Span } from "../../core/redact/rules.ts";

/** The part of the configuration that says what is secret. */
export interface RedactConfig {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  readonly shape_only: boolean;
  readonly phones: boolean;
}

/** `detail` of the refusal is the pattern that cannot be run. */
export function redactionOf({ shape_only: shapeOnly, ...config }: RedactConfig): Result<RedactionRules, "pattern"> {
  return rulesOf({ ...config, shapeOnly }, compile);
}

/** Runs in linear time whatever the pattern. A pattern that matches the empty text says nothing. */
function compile(source: string): FindSpans | undefined {
  try {
    const pattern = RE2JS.compile(source);
    return pattern.matcher("").find() ? undefined : (text) => matchesOf(pattern, text);
  } catch {
    return undefined;
  }
}

function matchesOf(pattern: RE2JS, text: string): readonly Span[] {
  const found: Span[] = [];
  for (const matcher = pattern.matcher(text); matcher.find(); )
    found.push({ start: matcher.start(), end: matcher.end() });
  return found;
}
