/**
 * What second answers of the same code show: production and its control, the base stack and its own second answer. Where
 * they differ, a difference of the shadow is no news. Base against production is another matter: environments, never noise.
 */
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import { answerDifferences, sameKind } from "../compare/extract.ts";
import type { Comparison } from "../compare/settings.ts";
import { type Answer, answered, type Observation, type Pair } from "../pair/pair.ts";
import type { RouteMemory } from "../verdict/case.ts";
import { exceedsNoise, type Rate } from "./rates.ts";

/** Seen once, a difference may be a coincidence of that pair; seen this often, the route is known for it. */
export const MIN_LEARNED = 2;

/** Second answers of a route from which it is known that a value stays, or that a null comes and goes. */
export const MANY_SECOND_ANSWERS = 20;

/** Asked for twice of each pair, as evidence and as a lesson, and as costly as the comparison itself. */
const COMPARED = new WeakMap<Pair, { readonly by: Comparison | undefined; readonly found: readonly Difference[] }>();

/** Differences between two answers of the same code, in this pair. */
export function secondAnswerDifferences(pair: Pair, comparison?: Comparison): readonly Difference[] {
  const known = COMPARED.get(pair);
  if (known !== undefined && known.by === comparison) return known.found;
  const found = comparedSeconds(pair).flatMap(([first, second]) =>
    answerDifferences(first, second, { method: pair.request.method, comparison }),
  );
  COMPARED.set(pair, { by: comparison, found });
  return found;
}

/** Whether any code of this pair was asked twice and answered alike: the denominator of what is learned. */
export function wasAskedTwice(pair: Pair): boolean {
  return comparedSeconds(pair).length > 0;
}

/** Whether the reference's own code was asked twice. An error where there was an answer shows nothing of what is kept. */
export function hasSecondAnswer({ prod, control, base, baseAgain }: Pair): boolean {
  return (answered(base) ? comparable(base, baseAgain) : comparable(prod, control)) !== null;
}

/** `$.items[*].seen value`: the key of learned noise. */
export function noiseKey(pattern: string, kind: DifferenceKind): string {
  return `${pattern} ${kind}`;
}

export function noiseKeys(differences: readonly Difference[]): ReadonlySet<string> {
  return new Set(differences.map(({ pattern, kind }) => noiseKey(pattern, kind)));
}

/** Pairs of the route in which two answers of the same code differed there, of all whose code was asked twice. */
export function noiseRate(memory: RouteMemory, key: string): Rate {
  const count = Object.hasOwn(memory.learnedNoise, key) ? (memory.learnedNoise[key] ?? 0) : 0;
  return { count, of: Math.max(memory.secondAnswers, count) };
}

/** Pairs of the route in which the shadow differed there, the one at hand included; null where nobody counted. */
export function rawRate({ differed, pairs }: RouteMemory, key: string): Rate | null {
  if (differed === undefined) return null;
  return { count: 1 + (Object.hasOwn(differed, key) ? (differed[key] ?? 0) : 0), of: pairs + 1 };
}

/** Second answers showed it often enough, and the shadow shows it no more often than they do. */
export function isLearned(memory: RouteMemory, key: string): boolean {
  const noise = noiseRate(memory, key);
  if (noise.count < MIN_LEARNED) return false;
  const raw = rawRate(memory, key);
  return raw === null || !exceedsNoise(raw, noise);
}

function comparedSeconds({ prod, control, base, baseAgain }: Pair): readonly (readonly [Answer, Answer])[] {
  return [comparable(prod, control), comparable(base, baseAgain)].flatMap((pair) => (pair === null ? [] : [pair]));
}

function comparable(first: Observation | undefined, second: Observation | undefined): readonly [Answer, Answer] | null {
  return answered(first) && answered(second) && sameKind(first.status, second.status) ? [first, second] : null;
}
