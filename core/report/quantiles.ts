/**
 * Quantiles out of counts by bucket: the buckets are a DDSketch's, and the library that keeps the algorithm reads them. Sketches
 * of hosts and rows are added up before; percentiles must never be averaged. Not for the tee, whose bundle stays without it.
 */
import { DDSketch } from "@datadog/sketches-js";
import type { Quantiles } from "../wire/api/routes.ts";
import type { LatencyBuckets } from "../wire/sync.ts";
import { bucketLatency, LATENCY_ACCURACY } from "./latency.ts";

/** Milliseconds, each at most 1 % beside the true one; null where nothing was measured. */
export function quantilesOf(buckets: LatencyBuckets): Quantiles | null {
  const sketch = sketchOf(buckets);
  if (sketch.count === 0) return null;
  const at = (quantile: number) => rounded(sketch.getValueAtQuantile(quantile));
  return { pairs: sketch.count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The buckets as a sketch. Each bucket's latency falls into the same bucket of the sketch, so nothing is lost. */
export function sketchOf(buckets: LatencyBuckets): DDSketch {
  const sketch = new DDSketch({ relativeAccuracy: LATENCY_ACCURACY });
  for (const [bucket, count] of Object.entries(buckets))
    if (count > 0) sketch.accept(bucketLatency(Number(bucket)), count);
  return sketch;
}

/** Microseconds are enough, and read better than the buckets' borders. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
