/**
 * What second answers of the same code show: production and its control, the base stack and its own second answer. Where
 * they differ, a difference of the shadow is no news.
 */
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import { answerDifferences, sameKind } from "../compare/extract.ts";
import { answered, type Observation, type Pair } from "../pair/pair.ts";
import type { RouteMemory } from "../verdict/case.ts";

/** Seen once, a difference may be a coincidence of that pair; seen this often, the route is known for it. */
export const MIN_LEARNED = 2;

/** Differences between two answers of the same code, in this pair. */
export function secondAnswerDifferences(pair: Pair): readonly Difference[] {
  return [...between(pair, pair.prod, pair.control), ...between(pair, pair.base, pair.baseAgain)];
}

/** Whether the reference's own code was asked twice. An error where there was an answer shows nothing of what is kept. */
export function hasSecondAnswer({ prod, control, base, baseAgain }: Pair): boolean {
  const [first, second] = answered(base) ? [base, baseAgain] : [prod, control];
  return answered(first) && answered(second) && sameKind(first.status, second.status);
}

/** `$.items[*].seen value`: the key of learned noise. */
export function noiseKey(pattern: string, kind: DifferenceKind): string {
  return `${pattern} ${kind}`;
}

export function noiseKeys(differences: readonly Difference[]): ReadonlySet<string> {
  return new Set(differences.map(({ pattern, kind }) => noiseKey(pattern, kind)));
}

export function isLearned(memory: RouteMemory, key: string): boolean {
  return Object.hasOwn(memory.learnedNoise, key) && (memory.learnedNoise[key] ?? 0) >= MIN_LEARNED;
}

function between(pair: Pair, first: Observation | undefined, second: Observation | undefined): readonly Difference[] {
  if (!answered(first) || !answered(second)) return [];
  return answerDifferences(first, second, pair.request.method);
}
