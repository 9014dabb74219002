/** What became of a question: an answer, or why there is none and when it is asked again. Plain data. */
import type { Severity } from "../../../core/verdict/severity.ts";

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

export interface Answered {
  readonly kind: "answered";
  /** Inside the finding's floor and ceiling. */
  readonly verdict: Severity;
  readonly reasoning: string;
  /** The model that answered, and the version of our prompt. */
  readonly modelVersion: string;
  readonly usage: Usage;
}

export interface Unanswered {
  readonly kind: "unanswered";
  /** Stable code and a short text; never anything a service said. */
  readonly error: string;
}

export type Outcome = Answered | Unanswered;

/** Asked again for a day, then left open. */
export const MAX_ASKING_AGE_MS = 24 * 60 * 60 * 1000;

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 2 * 60 * 60 * 1000;

/** Back-off: a minute, doubled with each attempt, two hours at most. Unix milliseconds. */
export function nextAttemptAt(attempts: number, now: number): number {
  return now + Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS);
}
