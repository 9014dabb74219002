import { describe, expect, it } from "vitest";
import type { Trend } from "../../../core/wire/api/trends.ts";
import { layoutOf } from "../../../pages/src/words/trend-layout.ts";
import { CHARTS, type ChartPlan } from "../../../pages/src/words/trend-series.ts";
import { trendsFor } from "../../standins/trend-data.ts";

const SIZE = { width: 640, height: 190 };

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("no sample data");
  return value;
}

const sample = trendsFor(new URLSearchParams()).items;
const stepped: Trend = found(sample[0]);
const failing: Trend = found(sample[1]);
const spread: Trend = found(sample[2]);
const latency: ChartPlan = found(CHARTS[0]);
const failures: ChartPlan = found(CHARTS[1]);

describe("a chart", () => {
  it("begins at 0 and has room for its budgets, so that a distance to a budget is seen as what it is", () => {
    const { yTicks, limits, plot } = layoutOf(latency, stepped, SIZE);
    expect(yTicks[0]).toEqual({ value: 0, y: plot.bottom });
    expect(limits.map(({ line, threshold }) => [line.name, threshold])).toEqual([
      ["p95", 75],
      ["p99", 120],
    ]);
    for (const { y } of limits) expect(y).toBeGreaterThan(plot.top);
  });

  it("keeps every run inside its plot, oldest left", () => {
    const { xs, lines, plot } = layoutOf(latency, stepped, SIZE);
    expect(xs).toHaveLength(stepped.points.length);
    expect(xs).toEqual(xs.toSorted((one, other) => one - other));
    for (const y of lines.flatMap(({ ys }) => ys)) expect(y >= plot.top && y <= plot.bottom).toBe(true);
  });

  it("marks a step where p95 is drawn only", () => {
    const { stepX, xs } = layoutOf(latency, stepped, SIZE);
    expect(stepX).toBe(xs[stepped.points.findIndex(({ run }) => run === stepped.step?.run)]);
    expect(layoutOf(failures, stepped, SIZE).stepX).toBeNull();
  });

  it("marks failed runs", () => {
    expect(layoutOf(failures, failing, SIZE).lines[0]?.failed.match(/M/g)).toHaveLength(2);
    expect(layoutOf(failures, stepped, SIZE).lines[0]?.failed).toBe("");
  });

  it("never joins runs of two regions, and names each stroke", () => {
    const { lines, names } = layoutOf(latency, spread, SIZE);
    expect(lines[0]?.path.match(/M/g)).toHaveLength(3);
    expect(names.map(({ text }) => text)).toEqual(["eu-central", "us-east", "ap-south"]);
    expect(layoutOf(latency, stepped, SIZE).names).toEqual([]);
  });

  it("draws a single run in the middle", () => {
    const { xs, xTicks } = layoutOf(latency, { ...stepped, points: stepped.points.slice(-1) }, SIZE);
    expect(xs).toEqual([341]);
    expect(xTicks).toEqual([]);
  });
});
