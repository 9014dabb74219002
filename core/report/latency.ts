/**
 * Latencies as counts by bucket: the keys of a DDSketch with logarithmic mapping and 1 % relative accuracy
 * (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf), so any DDSketch reader takes them over without loss. Apart from
 * such a reader because the tee counts on the path of production's traffic, and needs one logarithm for it.
 */
import type { LatencyBuckets } from "../wire/sync.ts";

/** A quantile read from the buckets is at most this share away from the true one. */
export const LATENCY_ACCURACY = 0.01;

/** What is shorter counts as no time at all; what is longer, as that long. Bounds the buckets of a sketch to about 1,100. */
export const SHORTEST_LATENCY_MS = 0.001;
export const LONGEST_LATENCY_MS = 3_600_000;

/** The bucket of 0 ms, below every other one: a logarithm has none for it. */
export const ZERO_BUCKET = -1_000;

const GAMMA = (1 + LATENCY_ACCURACY) / (1 - LATENCY_ACCURACY);
/** Latencies twice as long lie that many buckets further: `ceil(log2(ms) * BUCKETS_PER_DOUBLING)` is a latency's bucket. */
export const BUCKETS_PER_DOUBLING = Math.LN2 / Math.log1p((2 * LATENCY_ACCURACY) / (1 - LATENCY_ACCURACY));
const LOWEST_BUCKET = keyOf(SHORTEST_LATENCY_MS);

/** The bucket of a latency: an integer that grows with it. What is no number counts as 0 ms. */
export function latencyBucket(ms: number): number {
  const bucket = keyOf(Math.min(ms, LONGEST_LATENCY_MS));
  // Also false for 0 (its logarithm is minus infinity), for negative numbers and NaN.
  return bucket >= LOWEST_BUCKET ? bucket : ZERO_BUCKET;
}

function keyOf(ms: number): number {
  // Plus zero, because rounding up gives a zero with a minus.
  return Math.ceil(Math.log2(ms) * BUCKETS_PER_DOUBLING) + 0;
}

/** A bucket's latency in ms. `latencyBucket` of it is the bucket again, so a reader may take it for each value counted there. */
export function bucketLatency(bucket: number): number {
  return bucket <= ZERO_BUCKET ? 0 : 2 ** (bucket / BUCKETS_PER_DOUBLING) * (2 / (1 + GAMMA));
}

/** Both sketches as one. */
export function addBuckets(one: LatencyBuckets, other: LatencyBuckets): LatencyBuckets {
  const sum: Record<string, number> = { ...one };
  for (const [bucket, count] of Object.entries(other)) sum[bucket] = (sum[bucket] ?? 0) + count;
  return sum;
}
