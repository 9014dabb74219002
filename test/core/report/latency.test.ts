/** Latency buckets against the library whose sketch they are: the same keys, and quantiles within the promised accuracy. */
import { DDSketch } from "@datadog/sketches-js";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addBuckets,
  bucketLatency,
  LATENCY_ACCURACY,
  LONGEST_LATENCY_MS,
  latencyBucket,
  SHORTEST_LATENCY_MS,
  ZERO_BUCKET,
} from "../../../core/report/latency.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";

const LATENCIES = fc.double({ min: SHORTEST_LATENCY_MS, max: LONGEST_LATENCY_MS, noNaN: true });

function bucketsOf(latencies: readonly number[]): LatencyBuckets {
  return latencies.reduce<LatencyBuckets>((so, ms) => addBuckets(so, { [latencyBucket(ms)]: 1 }), {});
}

function sketchOf(buckets: LatencyBuckets): DDSketch {
  const sketch = new DDSketch({ relativeAccuracy: LATENCY_ACCURACY });
  for (const [bucket, count] of Object.entries(buckets)) sketch.accept(bucketLatency(Number(bucket)), count);
  return sketch;
}

test("the bucket of every latency is the library's key", () => {
  const { mapping } = new DDSketch({ relativeAccuracy: LATENCY_ACCURACY });
  for (let ms = 1; ms <= 60_000; ms += 1) expect(latencyBucket(ms)).toBe(mapping.key(ms));
  fc.assert(fc.property(LATENCIES, (ms) => latencyBucket(ms) === mapping.key(ms)));
});

test("a bucket's latency lies within 1 % of every latency in it, and in the bucket itself", () => {
  fc.assert(
    fc.property(LATENCIES, (ms) => {
      const told = bucketLatency(latencyBucket(ms));
      expect(Math.abs(told - ms)).toBeLessThanOrEqual(ms * LATENCY_ACCURACY * (1 + 1e-9));
    }),
  );
  for (let bucket = latencyBucket(SHORTEST_LATENCY_MS); bucket <= latencyBucket(LONGEST_LATENCY_MS); bucket += 1)
    expect(latencyBucket(bucketLatency(bucket))).toBe(bucket);
});

test("quantiles of a sketch made of buckets are the true ones within 1 %", () => {
  const latencies = Array.from({ length: 5_000 }, (_, at) => 3 + (at % 97) ** 2 + at / 7).toSorted((a, b) => a - b);
  const sketch = sketchOf(bucketsOf(latencies));
  for (const quantile of [0, 0.01, 0.5, 0.9, 0.95, 0.99, 1]) {
    const exact = latencies[Math.floor(quantile * (latencies.length - 1))] ?? Number.NaN;
    expect(Math.abs(sketch.getValueAtQuantile(quantile) - exact)).toBeLessThanOrEqual(exact * LATENCY_ACCURACY);
  }
});

test("no time at all has a bucket of its own, and the reader takes it for zero", () => {
  for (const ms of [0, -1, Number.NaN, SHORTEST_LATENCY_MS / 2]) expect(latencyBucket(ms)).toBe(ZERO_BUCKET);
  expect(latencyBucket(SHORTEST_LATENCY_MS)).toBeGreaterThan(ZERO_BUCKET);
  expect(bucketLatency(ZERO_BUCKET)).toBe(0);
  expect(sketchOf({ [ZERO_BUCKET]: 3, [latencyBucket(10)]: 1 }).zeroCount).toBe(3);
});

test("what is longer than an hour counts as an hour", () => {
  for (const ms of [LONGEST_LATENCY_MS * 2, Number.POSITIVE_INFINITY])
    expect(latencyBucket(ms)).toBe(latencyBucket(LONGEST_LATENCY_MS));
});

test("sketches add up by bucket, in any order", () => {
  expect(addBuckets({ "1": 2, "5": 1 }, { "5": 3, "-7": 4 })).toEqual({ "-7": 4, "1": 2, "5": 4 });
  const buckets = fc.dictionary(fc.integer({ min: -300, max: 700 }).map(String), fc.nat());
  fc.assert(
    fc.property(buckets, buckets, (a, b) => {
      expect(addBuckets(a, b)).toEqual(addBuckets(b, a));
    }),
  );
});
