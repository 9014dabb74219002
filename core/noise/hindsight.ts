/**
 * Noise that could not be known yet: the first pairs of a route are judged before its second answers have taught anything.
 * Once enough of them are there, a difference that the shadow shows no more often than the reference's own code does is
 * noise after all. Applied on reading, so that no stored row has to change.
 */
import type { Difference, DifferenceKind } from "../compare/difference.ts";
import type { Severity } from "../verdict/severity.ts";
import { isPlausible } from "./plausible.ts";
import { MIN_LEARNED } from "./second-answers.ts";

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

/**
 * The raw rate may exceed the noise rate by so many standard errors of a difference of two shares, and be chance
 * (95 % of the time for 2); or by so little that nobody would care.
 */
const STANDARD_ERRORS = 2;
const ABSOLUTE_MARGIN = 0.02;

const EXPLAINABLE: ReadonlySet<DifferenceKind | null> = new Set(["value", "order"]);

/** The reason, or null when the drift counts. What a rule proved is never explained away. */
export function hindsightReason(drift: Hindsight): string | null {
  const { floor, kind, count, noiseCount, pairs, secondAnswers, differing, sample } = drift;
  if (floor !== "Safe" || !EXPLAINABLE.has(kind)) return null;
  if (differing < MIN_LEARNED || count > noiseCount || (sample !== null && !isPlausible(sample))) return null;
  const raw = Math.min(1, (count + noiseCount) / pairs);
  const noise = Math.min(1, differing / secondAnswers);
  if (raw - noise > Math.max(ABSOLUTE_MARGIN, STANDARD_ERRORS * standardError([raw, pairs], [noise, secondAnswers])))
    return null;
  return `two answers of the same code differ here in ${differing} of ${secondAnswers} pairs, the shadow's in ${count + noiseCount} of ${pairs}`;
}

/** Of the difference of two shares, pooled. */
function standardError([a, n]: readonly [number, number], [b, m]: readonly [number, number]): number {
  const pooled = (a * n + b * m) / (n + m);
  return Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
}
