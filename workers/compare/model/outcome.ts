/** What became of a question: an answer, or why there is none and when it is asked again. Plain data. */
import type { Severity } from "../../../core/verdict/severity.ts";

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
  };
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
  /** Milliseconds after which the other side wants to be asked again at the earliest. */
  readonly retryAfterMs?: number;
  /** The other side refuses whoever asks now: the batch's other questions are not asked either. */
  readonly refusesAll?: true;
}

export type Outcome = Answered | Unanswered;

/** From the first time of asking; then the rule's verdict stands. */
export const MAX_ASKING_AGE_MS = 24 * 60 * 60 * 1000;

const FIRST_WAIT_MS = 60_000;
/** Also what a `retry-after` counts for at most, and how often a question nobody answered in time is tried once more. */
export const LONGEST_WAIT_MS = 2 * 60 * 60 * 1000;

/** Back-off: a minute, doubled with each attempt, two hours at most, and not before it was allowed. Unix milliseconds. */
export function nextAttemptAt(attempts: number, now: number, retryAfterMs = 0): number {
  const backOff = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS);
  return now + Math.max(backOff, Math.min(retryAfterMs, LONGEST_WAIT_MS));
}
