/** What was wrong with the requests of an endpoint, each kind once. Words only; nothing of an answer's values. */
import type { Sample } from "./sample.ts";

export interface Fault {
  readonly words: string;
  readonly count: number;
}

/** The most frequent first. */
export function faultsOf(samples: readonly Sample[]): readonly Fault[] {
  const failed = samples.flatMap(({ failed: reason, detail }) => (reason === null ? [] : [detail ?? reason]));
  return [...Map.groupBy(failed, (words) => words)]
    .map(([words, { length }]) => ({ words, count: length }))
    .toSorted((a, b) => b.count - a.count);
}
