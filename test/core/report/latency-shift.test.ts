/** Latency per route over many pairs, simulated: one version against itself raises no alarm, a slower one is found. */
import { describe, expect, test } from "vitest";
import { latencyBucket } from "../../../core/report/latency.ts";
import { latencyFinding, latencyShift, type RouteSketches } from "../../../core/report/latency-shift.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";

/** Park and Miller's generator: numbers between 0 and 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = (seed * 7_919 + 17) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Heavy-tailed: a tenth takes more than 3.6 times the median, a hundredth more than 10 times. */
const SIGMA = 1;

interface Traffic {
  readonly size: number;
  readonly median: number;
  readonly random: () => number;
}

function lognormal({ size, median, random }: Traffic): LatencyBuckets {
  const buckets: Record<string, number> = {};
  for (let n = 0; n < size; n++) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const bucket = latencyBucket(median * Math.exp(SIGMA * normal));
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  return buckets;
}

function sides(prod: LatencyBuckets, shadow: LatencyBuckets): RouteSketches {
  return { prod, shadow, base: {}, shadowBesideBase: {} };
}

function findingOf(sketches: RouteSketches) {
  return latencyFinding("GET /orders", latencyShift(sketches));
}

describe("one version against itself", () => {
  test("raises no alarm in 1,000 runs of 20 to 2,000 heavy-tailed pairs", () => {
    const alarms = Array.from({ length: 1_000 }, (_, seed) => {
      const random = generator(seed + 1);
      const size = Math.round(20 * 100 ** random());
      const traffic = { size, median: 20 * 50 ** random(), random };
      return findingOf(sides(lognormal(traffic), lognormal(traffic)));
    }).filter((finding) => finding !== null);
    expect(alarms).toEqual([]);
  });

  test("is as fast within its interval", () => {
    const traffic = { size: 1_000, median: 100, random: generator(3) };
    const shift = latencyShift(sides(lognormal(traffic), lognormal(traffic)));
    expect(shift?.times.low).toBeLessThan(1);
    expect(shift?.times.high).toBeGreaterThan(1);
    expect(shift).toMatchObject({ reference: "prod", quantile: "p50", pairs: 1_000 });
  });
});

describe("a slower version", () => {
  test.each([
    [4, 2_000, "route-latency-slow"],
    [5.5, 400, "route-latency-slow"],
    [20, 400, "route-latency-very-slow"],
  ])("by %s times over %d pairs is found: %s", (times, size, rule) => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = generator(seed);
      const prod = lognormal({ size, median: 60, random });
      const shadow = lognormal({ size, median: 60 * times, random });
      expect(findingOf(sides(prod, shadow))?.rule).toBe(rule);
    }
  });

  test("is found by its slowest answers alone, where half of them are as fast as ever", () => {
    const random = generator(5);
    const prod = lognormal({ size: 900, median: 5, random });
    const shadow = { ...lognormal({ size: 900, median: 5, random }), [latencyBucket(2_000)]: 150 };
    const finding = findingOf(sides(prod, shadow));
    expect(finding).toMatchObject({ rule: "route-latency-very-slow", severity: "Critical" });
    expect(finding?.reason).toContain("The slowest 5 % of the answers");
  });

  test("by less than 50 ms is none, however many times", () => {
    const random = generator(7);
    const [prod, shadow] = [2, 8].map((median) => lognormal({ size: 400, median, random }));
    expect(findingOf(sides(prod ?? {}, shadow ?? {}))).toBeNull();
  });

  test("is none where the base stack is as slow, and production fast", () => {
    const random = generator(9);
    const [prod, shadow, base] = [10, 400, 400].map((median) => lognormal({ size: 300, median, random }));
    const sketches = { prod: prod ?? {}, shadow: shadow ?? {}, base: base ?? {}, shadowBesideBase: shadow ?? {} };
    expect(latencyShift(sketches)?.reference).toBe("base");
    expect(findingOf(sketches)).toBeNull();
  });

  test("has the same signature whatever its figures", () => {
    const random = generator(11);
    const signatures = [600, 900].map((median) => {
      const prod = lognormal({ size: 300, median: 20, random });
      return findingOf(sides(prod, lognormal({ size: 300, median, random })))?.signature;
    });
    expect(signatures[0]).toBe(signatures[1]);
  });
});

test("fewer than 20 answers of a side say nothing", () => {
  expect(latencyShift(sides({ "100": 19 }, { "400": 500 }))).toBeNull();
  expect(latencyShift(sides({}, {}))).toBeNull();
});
