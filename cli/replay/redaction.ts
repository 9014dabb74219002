/** What is redacted in the pairs of a replay: what always is, and what the repository's configuration adds. */
import { RE2JS } from "re2js";
import type { Result } from "../../core/pair/result.ts";
import { finderOf } from "../../core/redact/finder.ts";
import { type RedactionRules, rulesOf } from "../../core/redact/rules.ts";

/** The part of the configuration that says what is secret. */
export interface RedactConfig {
  readonly names: readonly string[];
  readonly patterns: readonly string[];
  readonly shape_only: boolean;
  readonly phones: boolean;
}

/** `detail` of the refusal is the pattern that cannot be run. */
export function redactionOf({ shape_only: shapeOnly, ...config }: RedactConfig): Result<RedactionRules, "pattern"> {
  return rulesOf({ ...config, shapeOnly }, (source) => finderOf(() => RE2JS.compile(source)));
}
