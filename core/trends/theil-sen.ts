/**
 * A line through points that a few wild ones cannot move: Theil and Sen's median of slopes, with Sen's confidence interval.
 * Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968); ties as in Hipel and McLeod,
 * "Time Series Modelling of Water Resources and Environmental Systems" (1994), chapter 23.
 */
import { median, middleOf } from "./median.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Line {
  /** Of y per x. */
  readonly slope: number;
  /** Median of y less slope times median of x, as scipy's `theilslopes`. */
  readonly intercept: number;
  /** Bounds of the slope; infinite where the points are too few for the confidence. */
  readonly lower: number;
  readonly upper: number;
}

/** Two-sided 99 % of the normal distribution: a trend that is not there appears in 1 of 200 rising series. */
export const Z_99_PERCENT = 2.5758;

/** Null where no two points differ in x. Takes time that grows with the square of the points. */
export function fitLine(points: readonly Point[], z = Z_99_PERCENT): Line | null {
  const slopes = pairwiseSlopes(points);
  if (slopes.length === 0) return null;
  const slope = middleOf(slopes);
  const half = z * Math.sqrt(kendallVariance(points.map(({ y }) => y)));
  // The bounds are order statistics of the slopes: (N - C) / 2 from below, (N + C) / 2 + 1 counted from 1.
  const low = Math.round((slopes.length - half) / 2) - 1;
  const high = Math.round((slopes.length + half) / 2);
  return {
    slope,
    intercept: median(points.map(({ y }) => y)) - slope * median(points.map(({ x }) => x)),
    lower: slopes[low] ?? Number.NEGATIVE_INFINITY,
    upper: slopes[high] ?? Number.POSITIVE_INFINITY,
  };
}

/** Ascending. In an array of numbers alone, because a page of trends has hundreds of thousands of slopes to sort. */
function pairwiseSlopes(points: readonly Point[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let found = 0;
  for (const [index, one] of points.entries())
    for (let later = index + 1; later < points.length; later += 1) {
      const other = points[later];
      if (other === undefined || other.x === one.x) continue;
      slopes[found] = (other.y - one.y) / (other.x - one.x);
      found += 1;
    }
  return slopes.subarray(0, found).toSorted();
}

/** Variance of Kendall's S: n(n-1)(2n+5)/18, less the same of each group of equal values. */
function kendallVariance(values: readonly number[]): number {
  const term = (n: number) => n * (n - 1) * (2 * n + 5);
  const groups = [...Map.groupBy(values, (value) => value).values()];
  return (term(values.length) - groups.reduce((sum, { length }) => sum + term(length), 0)) / 18;
}
