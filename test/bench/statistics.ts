/** The arithmetic of the benchmark: medians, bootstrap intervals, and what they say about a goal. Pure, so that it can be tested. */

/** Resamples per interval: the ends of a 95 % interval then move in the third digit only. */
const RESAMPLES = 4_000;

/** Shares of resampled medians below the interval's ends. */
const LOW_END = 0.025;
const HIGH_END = 0.975;

/** A median with the ends of its 95 % bootstrap interval. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** `open`: the median lies above the goal, but the interval reaches it. Only `missed` fails. */
export type Judgement = "met" | "open" | "missed";

/** Middle of the values, between two for an even number. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Percentile bootstrap of the median: rounds are drawn with replacement. `random` gives numbers from 0 to below 1. */
export function estimate(values: readonly number[], random: () => number): Estimate {
  const medians = Array.from({ length: RESAMPLES }, () => median(resample(values, random))).toSorted((a, b) => a - b);
  const at = (share: number): number => medians[Math.round(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { median: median(values), low: at(LOW_END), high: at(HIGH_END) };
}

function resample(values: readonly number[], random: () => number): readonly number[] {
  return values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN);
}

/** What an estimate says about an upper limit: it is missed only when the whole interval lies above it. */
export function judge({ median: middle, low }: Estimate, goal: number): Judgement {
  if (middle <= goal) return "met";
  return low > goal ? "missed" : "open";
}
