/**
 * Noise that could not be known yet: the first pairs of a route are judged before its second answers have taught anything.
 * Once enough of them are there, a difference that the shadow shows no more often than the reference's own code does is
 * noise after all. Applied on reading, so that no stored row has to change.
 */
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import type { Severity } from "../verdict/severity.ts";
import { isPlausible } from "./plausible.ts";
import { exceedsNoise, fewWords } from "./rates.ts";
import { MANY_SECOND_ANSWERS, MIN_LEARNED } from "./second-answers.ts";

/** A drift's own counts, and its route's. */
export interface Hindsight {
  readonly floor: Severity;
  readonly kind: DifferenceKind | null;
  /** Pairs in which it counted, and in which it was noise already. */
  readonly count: number;
  readonly noiseCount: number;
  /** Pairs of the route. */
  readonly pairs: number;
  /** Pairs of the route whose reference was asked twice, and those of them whose two answers differed here. */
  readonly secondAnswers: number;
  readonly differing: number;
  readonly sample: Difference | null;
}

const EXPLAINABLE: ReadonlySet<DifferenceKind | null> = new Set(["value", "order"]);

/**
 * The reason, or null when the drift counts. What a rule calls certain has never been noise in any pair; what it calls severe
 * takes many second answers to explain away.
 */
export function hindsightReason(drift: Hindsight): string | null {
  const { floor, kind, count, noiseCount, pairs, secondAnswers, differing, sample } = drift;
  if (!EXPLAINABLE.has(kind) || (floor !== "Safe" && secondAnswers < MANY_SECOND_ANSWERS)) return null;
  if (differing < MIN_LEARNED || count > noiseCount || (sample !== null && !isPlausible(sample))) return null;
  const raw = { count: count + noiseCount, of: pairs };
  const noise = { count: differing, of: secondAnswers };
  if (exceedsNoise(raw, noise)) return null;
  const shadows = `the shadow's in ${raw.count} of ${pairs}`;
  return `two answers of the same code differ here in ${differing} of ${secondAnswers} pairs${fewWords(secondAnswers)}, ${shadows}`;
}
