/** What was wrong with the requests of an endpoint, each kind once. Words only; nothing of an answer's values. */
import type { Sample } from "./sample.ts";

export interface FailureCount {
  readonly words: string;
  readonly count: number;
}

/** Kinds that are told at most; a service whose every answer is wrong in its own way has been understood by then. */
const MAX_KINDS = 20;

/** The most frequent first. */
export function countedFailures(samples: readonly Sample[]): readonly FailureCount[] {
  const failed = samples.flatMap(({ failed: reason, detail }) => (reason === null ? [] : [detail ?? reason]));
  return [...Map.groupBy(failed, (words) => words)]
    .map(([words, { length }]) => ({ words, count: length }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MAX_KINDS);
}
