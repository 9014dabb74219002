/** What the report says of when a drift shows: its condition in words and numbers, and the smallest request that shows it. */
import { conditionOf, type Parting } from "./condition.ts";
import { readFeature } from "./feature.ts";
import { holds, type Predicate, predicateWords } from "./predicate.ts";
import { type ConditionTable, conditionTable } from "./table.ts";

/** A stored pair as far as this goes. */
export interface ObservedPair {
  readonly id: string;
  /** Null in rows older than features. */
  readonly features: readonly string[] | null;
  readonly path: string;
  /** Bytes of both answers. */
  readonly bytes: number;
}

export interface OccasionWords {
  readonly words: string;
  readonly matching: number;
  readonly matchingFailing: number;
  readonly others: number;
  readonly othersFailing: number;
  readonly pValue: number;
}

export interface Occasion<P extends ObservedPair> {
  readonly condition: OccasionWords | null;
  readonly noCondition: "always" | "few" | "none" | null;
  readonly predicate: Predicate | null;
  /** The smallest failing pair for which the condition holds; null where no failing pair is known. */
  readonly smallest: P | null;
}

/** The pairs of a route that have features, in a table that all its drifts share. */
export function tableOf(pairs: readonly ObservedPair[]): ConditionTable {
  return conditionTable(pairs.flatMap(({ id, features }) => (features === null ? [] : [{ id, features }])));
}

/** `failing` are the pairs that show the drift, in the table or beyond it; `among` as in `conditionOf`. */
export function occasionOf<P extends ObservedPair>(
  table: ConditionTable,
  failing: readonly P[],
  among?: Parting["among"],
): Occasion<P> {
  const found = conditionOf(table, { failing: new Set(failing.map(({ id }) => id)), among });
  const smallest = (predicate: Predicate | null) => smallestFirst(failing.filter((pair) => fits(pair, predicate)))[0];
  if (!found.ok) {
    const noCondition = table.ids.length === 0 ? null : found.reason;
    return { condition: null, noCondition, predicate: null, smallest: smallest(null) ?? null };
  }
  const { predicate, ...counts } = found.value;
  const condition = { words: predicateWords(predicate), ...counts };
  return { condition, noCondition: null, predicate, smallest: smallest(predicate) ?? null };
}

/** The fewest facts first, then the shortest path, then the smallest answers. */
export function smallestFirst<P extends ObservedPair>(pairs: readonly P[]): readonly P[] {
  return pairs.toSorted(
    (a, b) => facts(a) - facts(b) || a.path.length - b.path.length || a.bytes - b.bytes || (a.id < b.id ? -1 : 1),
  );
}

function facts({ features }: ObservedPair): number {
  return features?.length ?? Number.MAX_SAFE_INTEGER;
}

function fits({ features }: ObservedPair, predicate: Predicate | null): boolean {
  if (predicate === null) return true;
  return (
    features !== null &&
    holds(
      predicate,
      features.flatMap((text) => readFeature(text) ?? []),
    )
  );
}
