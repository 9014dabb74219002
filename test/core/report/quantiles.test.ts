import { DDSketch } from "@datadog/sketches-js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addBuckets, latencyBucket } from "../../../core/report/latency.ts";
import { quantilesOf } from "../../../core/report/quantiles.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";

function bucketsOf(latencies: readonly number[]): LatencyBuckets {
  const buckets: Record<string, number> = {};
  for (const ms of latencies) buckets[latencyBucket(ms)] = (buckets[latencyBucket(ms)] ?? 0) + 1;
  return buckets;
}

test("nothing measured is no figure, least of all 0 ms", () => {
  expect(quantilesOf({})).toBeNull();
  expect(quantilesOf({ "12": 0 })).toBeNull();
});

test("p50, p95 and p99 of 1 to 1,000 ms are within 1 % of the true ones", () => {
  const read = quantilesOf(bucketsOf(Array.from({ length: 1_000 }, (_, n) => n + 1)));
  expect(read?.pairs).toBe(1_000);
  for (const [quantile, truth] of [
    [read?.p50, 500],
    [read?.p95, 950],
    [read?.p99, 990],
  ] as const)
    expect(Math.abs((quantile ?? 0) - truth) / truth).toBeLessThan(0.0101);
});

test("a single slow answer among many does not move the median, and is the last percentile's only among few", () => {
  const many = quantilesOf(bucketsOf([...Array.from({ length: 999 }, () => 10), 5_000]));
  expect(Math.round(many?.p50 ?? 0)).toBe(10);
  expect(Math.round(many?.p99 ?? 0)).toBe(10);
  const few = quantilesOf(bucketsOf([0, 0, 5_000]));
  expect([few?.p50, Math.round((few?.p99 ?? 0) / 100)]).toEqual([0, 0]);
});

test("reads what a DDSketch of the same latencies reads, also after adding two up", () => {
  const latencies = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(latencies, latencies, (one, other) => {
      const sketch = new DDSketch({ relativeAccuracy: 0.01 });
      for (const ms of [...one, ...other]) sketch.accept(ms);
      const read = quantilesOf(addBuckets(bucketsOf(one), bucketsOf(other)));
      for (const [ours, quantile] of [
        [read?.p50, 0.5],
        [read?.p95, 0.95],
        [read?.p99, 0.99],
      ] as const)
        expect(ours).toBeCloseTo(sketch.getValueAtQuantile(quantile), 2);
    }),
  );
});
