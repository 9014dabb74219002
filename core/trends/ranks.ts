/**
 * Whether a series has two halves of different level, by ranks alone: the largest standardised Mann-Whitney statistic over all
 * splits, and how often shuffled ranks reach it (a permutation test, so that choosing the split is paid for).
 * Pettitt, "A non-parametric approach to the change-point problem", Applied Statistics 28 (1979), has the unstandardised form.
 */

const PERMUTATIONS = 999;
/** Any number: the same series must always get the same answer. */
const SEED = 0x5eed;

/** Chance that a series without order splits as clearly as this one; `shortest` is the length of a half at least. */
export function chanceOfSplit(values: readonly number[], shortest: number): number {
  const ranks = midRanks(values);
  const observed = largestSplit(ranks, shortest);
  const random = randomFrom(SEED);
  const shuffled = [...ranks];
  let asLarge = 0;
  for (let round = 0; round < PERMUTATIONS; round += 1) {
    shuffle(shuffled, random);
    // Rounding must not tell apart what is the same split.
    if (largestSplit(shuffled, shortest) >= observed - 1e-9) asLarge += 1;
  }
  return (1 + asLarge) / (1 + PERMUTATIONS);
}

/** Ranks from 1; equal values share the mean of theirs. */
function midRanks(values: readonly number[]): readonly number[] {
  const places = Map.groupBy(
    values.toSorted((one, other) => one - other).map((value, index) => ({ value, rank: index + 1 })),
    ({ value }) => value,
  );
  return values.map((value) => {
    const own = places.get(value) ?? [];
    return own.reduce((sum, { rank }) => sum + rank, 0) / Math.max(1, own.length);
  });
}

/** The variance of ranks is the same for every order and left out: only comparisons count. */
function largestSplit(ranks: readonly number[], shortest: number): number {
  const n = ranks.length;
  const mean = (n + 1) / 2;
  let largest = 0;
  let sum = 0;
  for (const [index, rank] of ranks.entries()) {
    sum += rank - mean;
    const first = index + 1;
    if (first < shortest || n - first < shortest) continue;
    largest = Math.max(largest, Math.abs(sum) / Math.sqrt(first * (n - first)));
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

/** Numbers from 0 to 1 that repeat for a seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
