/**
 * Quantiles out of counts by bucket, as a DDSketch reads them: the bucket in which the wanted rank falls. Sketches of hosts
 * and rows are added up before; percentiles must never be averaged.
 */
import type { Quantiles } from "../wire/api/routes.ts";
import type { LatencyBuckets } from "../wire/sync.ts";
import { bucketLatency } from "./latency.ts";

/** Milliseconds, each at most 1 % beside the true one; null where nothing was measured. */
export function quantilesOf(buckets: LatencyBuckets): Quantiles | null {
  const sorted = Object.entries(buckets)
    .map(([bucket, count]): Bucket => [Number(bucket), count])
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => a - b);
  const pairs = sorted.reduce((all, [, count]) => all + count, 0);
  if (pairs === 0) return null;
  const at = (quantile: number) => rounded(bucketLatency(bucketAt(sorted, quantile * (pairs - 1))));
  return { pairs, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

type Bucket = readonly [bucket: number, count: number];

/** Ranks count from 0. */
function bucketAt(sorted: readonly Bucket[], rank: number): number {
  let below = 0;
  for (const [bucket, count] of sorted) {
    below += count;
    if (below > rank) return bucket;
  }
  return sorted.at(-1)?.[0] ?? 0;
}

/** Microseconds are enough, and read better than the buckets' borders. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
