/** The middle of values, and how far values lie from it: the two figures that a single wild run cannot spoil. */

/** The mean of the two middle ones where their number is even; 0 of none. */
export function median(values: readonly number[]): number {
  return middleOf(Float64Array.from(values).toSorted());
}

/** The same of values that are sorted already. */
export function middleOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Sum of the absolute distances from the median: the smallest such sum that one level can have. */
export function spread(values: readonly number[]): number {
  const level = median(values);
  return values.reduce((sum, value) => sum + Math.abs(value - level), 0);
}
