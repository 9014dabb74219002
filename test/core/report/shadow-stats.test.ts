import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latencyBucket } from "../../../core/report/latency.ts";
import {
  type CorridorSums,
  corridorOfEqual,
  driftOf,
  figuresOf,
  mergeCorridors,
  rankCorridors,
} from "../../../core/report/shadow-stats.ts";

const corridor = (name: string, count: number, sum: number, max: number): CorridorSums => ({
  corridor: name,
  count,
  sum,
  max,
});

/** One answer for each latency. */
function sketch(...latencies: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const ms of latencies) counts[latencyBucket(ms)] = (counts[latencyBucket(ms)] ?? 0) + 1;
  return counts;
}

test("where nothing was compared all figures are zero", () => {
  expect(figuresOf({})).toEqual({ p50: 0, p95: 0, p99: 0, count: 0 });
  expect(driftOf([])).toEqual({ avg_delta: 0, max_delta: 0 });
  expect(rankCorridors(mergeCorridors([corridor("GET /", 0, 0, 0)]))).toEqual([]);
});

test("routes of one name are one corridor, the slowest first, equal ones by name", () => {
  const merged = mergeCorridors([
    corridor("GET /b", 2, 10, 8),
    corridor("GET /c", 1, 90, 90),
    corridor("GET /b", 3, 5, 4),
    corridor("GET /a", 1, 3, 3),
  ]);
  expect(rankCorridors(merged)).toEqual([
    { corridor: "GET /c", count: 1, avg_delta: 90, max_delta: 90 },
    { corridor: "GET /a", count: 1, avg_delta: 3, max_delta: 3 },
    { corridor: "GET /b", count: 5, avg_delta: 3, max_delta: 8 },
  ]);
});

describe("byte-equal pairs without a row", () => {
  test("differ by the means of their sketches", () => {
    const one = corridorOfEqual("GET /", { prod: sketch(10, 20), shadow: sketch(13, 23), control: {} });
    expect(one).toMatchObject({ corridor: "GET /", count: 2 });
    expect((one?.sum ?? 0) / 2).toBeGreaterThan(3 - 0.4);
    expect((one?.sum ?? 0) / 2).toBeLessThan(3 + 0.4);
  });

  test("have their second answers as reference for the share that has some", () => {
    const prod = sketch(10, 10, 10, 10);
    const without = corridorOfEqual("GET /", { prod, shadow: sketch(20, 20, 20, 20), control: {} });
    const half = corridorOfEqual("GET /", { prod, shadow: sketch(20, 20, 20, 20), control: sketch(20, 20) });
    expect((half?.sum ?? 0) / (without?.sum ?? 1)).toBeCloseTo(0.5, 6);
  });

  test("say nothing where nothing was measured", () => {
    expect(corridorOfEqual("GET /", { prod: {}, shadow: {}, control: {} })).toBeNull();
  });
});

test("the mean over all lies between the corridors', and no maximum is lost", () => {
  const sums = fc.array(
    fc.record({
      corridor: fc.constantFrom("a", "b", "c", "d"),
      count: fc.integer({ min: 1, max: 1_000 }),
      mean: fc.integer({ min: -1_000, max: 1_000 }),
      above: fc.integer({ min: 0, max: 500 }),
    }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(sums, (drawn) => {
      const all = drawn.map(({ corridor: name, count, mean, above }) =>
        corridor(name, count, mean * count, mean + above),
      );
      const merged = mergeCorridors(all);
      const ranked = rankCorridors(merged);
      const total = driftOf(merged);
      const means = ranked.map(({ avg_delta }) => avg_delta);
      expect(means).toEqual(means.toSorted((a, b) => b - a));
      expect(total.avg_delta).toBeLessThanOrEqual(Math.max(...means) + 0.001);
      expect(total.avg_delta).toBeGreaterThanOrEqual(Math.min(...means) - 0.001);
      expect(total.max_delta).toBe(Math.max(...all.map(({ max }) => max)));
      expect(ranked.reduce((sum, { count }) => sum + count, 0)).toBe(all.reduce((sum, { count }) => sum + count, 0));
    }),
  );
});
