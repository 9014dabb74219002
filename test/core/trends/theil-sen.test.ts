/** Theil and Sen's line against published figures, and what no run may do to it. */
import { describe, expect, test } from "vitest";
import { fitLine } from "../../../core/trends/theil-sen.ts";

describe("published figures", () => {
  // Sen's own example (1968), which scipy's tests of `theilslopes` use too: confidence 93 %.
  const x = [1, 2, 3, 4, 10, 12, 18];
  const y = [9, 15, 19, 20, 45, 55, 78];
  const points = x.map((value, index) => ({ x: value, y: y[index] ?? 0 }));

  test("Sen's example: slope 4, from 3.71 to 4.38, through 4", () => {
    const line = fitLine(points, 1.8119);
    expect(line?.slope).toBeCloseTo(4, 10);
    expect(line?.intercept).toBeCloseTo(4, 10);
    expect(line?.lower).toBeCloseTo(3.71, 2);
    expect(line?.upper).toBeCloseTo(4.38, 2);
  });

  test("scipy's example with equal values: slope 0.5 through 0.5", () => {
    const line = fitLine([0, 1, 1].map((value, index) => ({ x: index, y: value })));
    expect([line?.slope, line?.intercept]).toEqual([0.5, 0.5]);
  });
});

test("too few points for the confidence have no bounds, and one place in time has no slope", () => {
  const two = fitLine([
    { x: 0, y: 1 },
    { x: 1, y: 2 },
  ]);
  expect([two?.slope, two?.lower, two?.upper]).toEqual([1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect(
    fitLine([
      { x: 1, y: 1 },
      { x: 1, y: 9 },
    ]),
  ).toBeNull();
  expect(fitLine([])).toBeNull();
});

test("a fifth of wild runs does not move it", () => {
  const points = Array.from({ length: 20 }, (_, n) => ({ x: n, y: n % 5 === 2 ? 1e6 : 10 + 2 * n }));
  expect(fitLine(points)?.slope).toBeCloseTo(2, 0);
});

test("a series without change has a slope of nothing, with bounds of nothing", () => {
  const line = fitLine(Array.from({ length: 10 }, (_, n) => ({ x: n, y: 5 })));
  expect([line?.slope, line?.lower, line?.upper]).toEqual([0, 0, 0]);
});
