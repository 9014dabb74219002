/** Patterns of a registration, tried with the engine that will run them: what it cannot compile is refused by name. */
import { RE2JS } from "re2js";

/** Characters of the engine's own words that are passed on. */
const MAX_REASON_CHARS = 200;

/** What is wrong with each pattern that is refused; empty when all can be used. */
export function faultsOfPatterns(patterns: readonly string[]): readonly string[] {
  return patterns.flatMap((pattern, n) => {
    const fault = faultOf(pattern);
    return fault === null ? [] : [`redact.patterns.${n}: ${pattern}: ${fault}`];
  });
}

function faultOf(pattern: string): string | null {
  try {
    // A pattern that finds nothingness finds it between any two characters.
    return RE2JS.compile(pattern).matcher("").find()
      ? "it matches the empty text, so it would replace everything."
      : null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON_CHARS);
  }
}
