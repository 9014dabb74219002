/**
 * What `GET /api/shadow/stats` says, worked out of sums per route and buckets per deployment. Apart from where they are stored, so that it can
 * be held against a plain computation over pairs. No pair is read here.
 */
import type { LatencyBuckets } from "../wire/sync.ts";
import { bucketLatency } from "./latency.ts";
import { quantilesOf } from "./quantiles.ts";

/** The deltas of one route, added up. */
export interface CorridorSums {
  /** The route's name. */
  readonly corridor: string;
  /** Pairs in which both sides answered. */
  readonly count: number;
  /** Milliseconds. */
  readonly sum: number;
  /** Milliseconds. */
  readonly max: number;
}

/** Byte-equal pairs that have no row, as sketches: which answer belongs to which is not known any more. */
export interface EqualSketches {
  readonly prod: LatencyBuckets;
  readonly shadow: LatencyBuckets;
  readonly control: LatencyBuckets;
}

/**
 * The same of byte-equal pairs: the shadow's mean less the reference's, each at most 1 % beside the true one. The second answers are a random
 * share of the pairs, so production's mean stands for those without one. The greatest delta is not known; it is at least the mean.
 */
export function corridorOfEqual(corridor: string, { prod, shadow, control }: EqualSketches): CorridorSums | null {
  const [ours, prods, controls] = [totalOf(shadow), totalOf(prod), totalOf(control)];
  if (ours.count === 0 || prods.count === 0) return null;
  const share = Math.min(1, controls.count / ours.count);
  const reference = share * meanOf(controls) + (1 - share) * meanOf(prods);
  const mean = meanOf(ours) - reference;
  return { corridor, count: ours.count, sum: mean * ours.count, max: mean };
}

interface Total {
  readonly count: number;
  readonly ms: number;
}

function totalOf(buckets: LatencyBuckets): Total {
  let [count, ms] = [0, 0];
  for (const [bucket, n] of Object.entries(buckets)) {
    count += n;
    ms += bucketLatency(Number(bucket)) * n;
  }
  return { count, ms };
}

function meanOf({ count, ms }: Total): number {
  return count === 0 ? 0 : ms / count;
}

/** Routes of the same name as one, whichever deployments they are of. Those without a pair are left out. */
export function mergeCorridors(all: readonly CorridorSums[]): readonly CorridorSums[] {
  const merged = new Map<string, CorridorSums>();
  for (const one of all) {
    if (one.count === 0) continue;
    const before = merged.get(one.corridor);
    merged.set(one.corridor, before === undefined ? one : added(before, one));
  }
  return [...merged.values()];
}

function added(one: CorridorSums, other: CorridorSums): CorridorSums {
  const { corridor } = one;
  return { corridor, count: one.count + other.count, sum: one.sum + other.sum, max: Math.max(one.max, other.max) };
}

export interface Corridor {
  readonly corridor: string;
  readonly count: number;
  readonly avg_delta: number;
  readonly max_delta: number;
}

/** The slowest first; equal ones by name. */
export function rankCorridors(merged: readonly CorridorSums[]): readonly Corridor[] {
  return merged
    .map(corridorOf)
    .toSorted((a, b) => b.avg_delta - a.avg_delta || (a.corridor < b.corridor ? -1 : Number(a.corridor > b.corridor)));
}

function corridorOf({ corridor, count, sum, max }: CorridorSums): Corridor {
  return { corridor, count, avg_delta: roundedMs(sum / count), max_delta: roundedMs(max) };
}

/** Over all routes; zeros where nothing was compared. */
export function driftOf(merged: readonly CorridorSums[]): { readonly avg_delta: number; readonly max_delta: number } {
  const [first, ...rest] = merged;
  if (first === undefined) return { avg_delta: 0, max_delta: 0 };
  const { avg_delta, max_delta } = corridorOf(rest.reduce(added, first));
  return { avg_delta, max_delta };
}

/** Of the shadow's answers; zeros where there is none. */
export function figuresOf(shadow: LatencyBuckets) {
  const { p50, p95, p99, pairs } = quantilesOf(shadow) ?? { p50: 0, p95: 0, p99: 0, pairs: 0 };
  return { p50, p95, p99, count: pairs };
}

/** Microseconds are enough. Plus zero, because rounding gives a zero with a minus. */
export function roundedMs(ms: number): number {
  return Math.round(ms * 1_000) / 1_000 + 0;
}
