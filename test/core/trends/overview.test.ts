/** Trends thinned for a list: held against all runs, because what a list leaves out nobody looks for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countLevels, overviewOf, thin } from "../../../core/trends/overview.ts";
import { MAX_THINNED, TREND_LEVELS } from "../../../core/wire/api/trend-overview.ts";
import type { Trend } from "../../../core/wire/api/trends.ts";

type Point = Trend["points"][number];

function point(n: number, own: Partial<Point> & { readonly p95?: number } = {}): Point {
  const { p95 = 40, ...rest } = own;
  const figures = { p50: 1, p95, p99: p95 + 10, avg_size_kb: 2, failures: 0, failure_rate: 0 };
  const at = new Date(Date.UTC(2026, 10, 1) + n * 60_000).toISOString();
  return {
    run: `r${n}`,
    at,
    branch: "main",
    commit: `c${n}`,
    pull: null,
    region: null,
    figures,
    passed: true,
    ...rest,
  };
}

const used = (share: number): Trend["budgets"][number] => ({
  budget: "p95_ms",
  threshold: 75,
  value: 75 * share,
  use: share,
  warning: share >= 0.8,
  daysToBreach: null,
});

function trend(endpoint: string, share: number | null, points: readonly Point[] = [point(0)]): Trend {
  const budgets = share === null ? [] : [used(share)];
  return { service: "shop", repository: null, endpoint, points: [...points], budgets, step: null };
}

const names = (trends: readonly Trend[]) => overviewOf(trends).map(({ endpoint, level }) => `${endpoint} ${level}`);

describe("thinning", () => {
  const runs = fc.array(fc.record({ p95: fc.double({ min: 0, max: 500, noNaN: true }), passed: fc.boolean() }), {
    minLength: 1,
    maxLength: 200,
  });

  test("keeps the worst run of all, every failed one, and the newest group's worst, whatever the runs", () => {
    fc.assert(
      fc.property(runs, (drawn) => {
        const points = drawn.map((own, n) => point(n, own));
        const { p95_ms, p99_ms, runs: sizes, failed } = thin(points);
        expect(sizes.length).toBe(Math.min(MAX_THINNED, points.length));
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(points.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(failed.reduce((sum, n) => sum + n, 0)).toBe(drawn.filter(({ passed }) => !passed).length);
        let start = 0;
        for (const [group, size] of sizes.entries()) {
          const worst = Math.max(...drawn.slice(start, start + size).map(({ p95 }) => p95));
          // Never lower than what was measured, and at most a thousandth (and a rounding of floats) higher.
          expect(p95_ms[group]).toBeGreaterThanOrEqual(worst);
          expect(p95_ms[group]).toBeLessThan(worst + 0.001_001);
          expect(p99_ms[group]).toBeGreaterThanOrEqual(worst + 10);
          start += size;
        }
      }),
    );
  });

  test("leaves so few runs that each has its own group as they are", () => {
    expect(thin([point(0, { p95: 12.5 }), point(1, { p95: 80, passed: false })])).toMatchObject({
      from: point(0).at,
      runs: [1, 1],
      failed: [0, 1],
      p95_ms: [12.5, 80],
    });
  });
});

describe("the order", () => {
  test("is the worst level first, and within a level as the trends came", () => {
    const trends = [trend("a", 0.5), trend("b", 0.9), trend("c", null), trend("d", 1), trend("e", 0.2), trend("f", 3)];
    expect(names(trends)).toEqual(["d over", "f over", "b near", "c unknown", "a held", "e held"]);
    expect(countLevels(overviewOf(trends))).toEqual({ over: 2, near: 1, unknown: 1, held: 2 });
  });

  test("knows every level", () => {
    expect(Object.keys(countLevels([]))).toEqual([...TREND_LEVELS]);
  });

  test("puts a run that failed for another reason than its budgets among the first", () => {
    expect(names([trend("a", 0.5), trend("b", 0.5, [point(0), point(1, { passed: false })])])).toEqual([
      "b over",
      "a held",
    ]);
  });

  test("a failure that a newer run of the same region took back is no breach, one of another region is", () => {
    const eu = (n: number, passed = true) => point(n, { region: "eu", passed });
    const us = (n: number, passed = true) => point(n, { region: "us", passed });
    expect(names([trend("a", 0.5, [eu(0, false), eu(1)])])).toEqual(["a held"]);
    const [spread] = overviewOf([trend("a", 0.5, [us(0, false), eu(1), eu(2)])]);
    expect(spread).toMatchObject({ level: "over", failedIn: ["us"], newest: { passed: true } });
  });

  test("has no endpoint without a run", () => {
    expect(overviewOf([trend("a", 0.5, [])])).toEqual([]);
  });
});
