/**
 * Whether a series has two parts of different level: the largest standardised distance between the means of two parts over all splits,
 * and how often shuffled values reach it. A permutation test needs no distribution, and choosing the split is paid for.
 * Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses" (2005), chapter 3; the statistic is that of Hinkley,
 * "Inference about the change-point in a sequence of random variables", Biometrika 57 (1970).
 * Not ranks: of thirty runs the last four cannot have ranks that are rare enough.
 */
import { seededRandom } from "../probe/seeded-random.ts";

const PERMUTATIONS = 999;
/** Any number: the same series must always get the same answer. */
const SEED = 0x5eed;

/**
 * Chance that a series without order splits as clearly as this one; `shortest` is the length of a part at least. Counts no further once
 * it is over `upTo`: most series have no step, and are known for that soon.
 */
export function chanceOfSplit(values: readonly number[], shortest: number, upTo = 1): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const shuffled = values.map((value) => value - mean);
  const observed = largestSplit(shuffled, shortest);
  // Rounding must not tell apart what is the same split.
  const reached = observed - 1e-9 * Math.max(1, observed);
  const random = seededRandom(SEED);
  let asLarge = 0;
  for (let round = 0; round < PERMUTATIONS && 1 + asLarge <= upTo * (1 + PERMUTATIONS); round += 1) {
    shuffle(shuffled, random);
    if (largestSplit(shuffled, shortest) >= reached) asLarge += 1;
  }
  return (1 + asLarge) / (1 + PERMUTATIONS);
}

/** `centred`: values less their mean. Their variance is the same for every order and left out: only comparisons count. */
function largestSplit(centred: readonly number[], shortest: number): number {
  const n = centred.length;
  let largest = 0;
  let sum = 0;
  for (let first = 1; first <= n - shortest; first += 1) {
    sum += centred[first - 1] ?? 0;
    if (first >= shortest) largest = Math.max(largest, Math.abs(sum) / Math.sqrt(first * (n - first)));
  }
  return largest;
}

/** Fisher and Yates, in place: a copy for each of a thousand rounds would be most of the work. */
function shuffle(values: number[], random: () => number): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = kept;
  }
}
