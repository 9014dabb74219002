/** Percentiles by nearest rank: a value that was really measured, never one between two. Not for sketches (`core/report/quantiles.ts`). */

/** Whole per cents, above 0. */
export type Percent = 50 | 95 | 99;

/**
 * The rank, from 1, of a percentile among `count` ordered values: the smallest one that at least so many per cent do not exceed, ceil(p n / 100).
 * Whole numbers in, so that 95 % of 20 is 19 and not a rounding error more.
 */
export function rankOf(percent: number, count: number): number {
  return Math.ceil((percent * count) / 100);
}

/** Of values in ascending order; null for none. */
export function percentile(ordered: readonly number[], percent: number): number | null {
  return ordered[rankOf(percent, ordered.length) - 1] ?? null;
}

/** `max of 20` where a percentile is nothing but the largest of so few values; null where it is more than that. */
export function maximumNote(percent: Percent, count: number): string | null {
  return count > 0 && rankOf(percent, count) === count ? `max of ${count}` : null;
}
