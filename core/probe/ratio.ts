/**
 * Whether one service is slower than another that was asked in the same minutes: the ratio of their percentiles with a bootstrap interval. Apart
 * from the budgets, because absolute times are those of the machine as well, and runners of one kind differ by a quarter.
 */
import type { BudgetRow } from "../wire/api/probes.ts";
import { percentile, rankOf } from "./percentiles.ts";
import { seededRandom } from "./seeded-random.ts";

/** As many times as long as the other one is too long. */
export const DEFAULT_RATIO_LIMIT = 1.25;

/** Milliseconds that a ratio has to stand for: 1 ms against 0.7 ms is nothing that anyone notices. */
export const RATIO_FLOOR_MS = 5;

/** Answers of each side; fewer say nothing of a 95th percentile. */
export const MIN_COMPARED = 20;

/** The ends of a 95 % interval then move in the third digit only. */
const RESAMPLES = 2_000;
const LOW_END = 0.025;
const HIGH_END = 0.975;

/** Any number does; the same samples then give the same judgement. */
const SEED = 20_250_101;

/** Milliseconds, in any order. `head` is judged, `base` is what it is held against. */
export interface Compared {
  readonly head: readonly number[];
  readonly base: readonly number[];
}

interface Shift {
  readonly ratio: number;
  readonly moreMs: number;
}

/**
 * Rows `ratio_p95` and `ratio_p99`; none where one side has too few answers. Failed only when both lower ends lie beyond: of the ratio over the
 * limit, of the difference over the floor.
 */
export function ratioRows(endpoint: string, times: Compared, limit: number): readonly BudgetRow[] {
  if (Math.min(times.head.length, times.base.length) < MIN_COMPARED) return [];
  const [head, base] = [ascending(times.head), ascending(times.base)];
  const drawn = resampled({ head, base });
  const seen = (percent: number): Shift => shift(percentile(head, percent) ?? 0, percentile(base, percent) ?? 0);
  const [first, second] = [drawn.map(([p95]) => p95), drawn.map(([, p99]) => p99)];
  return [
    ratioRow({ endpoint, budget: "ratio_p95", limit }, seen(95), first),
    ratioRow({ endpoint, budget: "ratio_p99", limit }, seen(99), second),
  ];
}

interface Judging {
  readonly endpoint: string;
  readonly budget: "ratio_p95" | "ratio_p99";
  readonly limit: number;
}

function ratioRow({ endpoint, budget, limit }: Judging, seen: Shift, shifts: readonly Shift[]): BudgetRow {
  const ratios = ascending(shifts.map(({ ratio }) => ratio));
  const more = ascending(shifts.map(({ moreMs }) => moreMs));
  const [low, high] = [at(ratios, LOW_END), at(ratios, HIGH_END)];
  const isOver = low >= limit && at(more, LOW_END) >= RATIO_FLOOR_MS;
  const by = hundredths(seen.moreMs);
  return {
    endpoint,
    budget,
    value: hundredths(seen.ratio),
    threshold: limit,
    passed: !isOver,
    note: `${hundredths(low)} to ${hundredths(high)} with 95 %; ${by < 0 ? "" : "+"}${by} ms`,
  };
}

/** Each side is drawn anew for itself, with replacement. */
function resampled({ head, base }: Compared): readonly (readonly [p95: Shift, p99: Shift])[] {
  const random = seededRandom(SEED);
  return Array.from({ length: RESAMPLES }, () => {
    const [ours, theirs] = [redrawn(head, random), redrawn(base, random)];
    return [shift(ours.p95, theirs.p95), shift(ours.p99, theirs.p99)];
  });
}

/**
 * Percentiles of a resample, without making it: it holds the values at `count` uniform places, so the value of a rank is the one at that rank's
 * place. Places come from the largest down, each by the law of the maximum of those left (L. Devroye, Non-Uniform Random Variate Generation, V.3.1).
 */
function redrawn(ordered: readonly number[], random: () => number): { readonly p95: number; readonly p99: number } {
  const count = ordered.length;
  const [rank95, rank99] = [rankOf(95, count), rankOf(99, count)];
  let [place, p99] = [1, 0];
  for (let left = count; left >= rank95; left -= 1) {
    place *= random() ** (1 / left);
    if (left === rank99) p99 = ordered[Math.floor(place * count)] ?? 0;
  }
  return { p95: ordered[Math.floor(place * count)] ?? 0, p99 };
}

function shift(ours: number, theirs: number): Shift {
  return { ratio: theirs === 0 ? 1 : ours / theirs, moreMs: ours - theirs };
}

function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

function hundredths(value: number): number {
  // Adding 0 makes 0 of -0.
  return Math.round(value * 100) / 100 + 0;
}
