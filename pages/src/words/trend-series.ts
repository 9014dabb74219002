/** A trend as what its charts draw: which figures, in which look, under which budget. */
import type { Trend } from "../../../core/wire/api/trends.ts";

export type Point = Trend["points"][number];
export type Budget = Trend["budgets"][number]["budget"];

/** One figure of every run. */
export interface Line {
  readonly budget: Budget;
  readonly name: string;
  readonly of: (point: Point) => number;
  /** The second line of a chart: told from the first without colour. */
  readonly dashed?: boolean;
}

export interface ChartPlan {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Whether the mark of a step belongs here: it is one of p95. */
  readonly stepped?: boolean;
}

export const CHARTS: readonly ChartPlan[] = [
  {
    title: "Latency",
    stepped: true,
    lines: [
      { budget: "p95_ms", name: "p95", of: ({ figures }) => figures.p95 },
      { budget: "p99_ms", name: "p99", of: ({ figures }) => figures.p99, dashed: true },
    ],
  },
  {
    title: "Failure rate",
    lines: [{ budget: "failure_rate", name: "failures", of: ({ figures }) => figures.failure_rate }],
  },
  { title: "Average size", lines: [{ budget: "size_kb", name: "size", of: ({ figures }) => figures.avg_size_kb }] },
];

/**
 * Indices of the points that one stroke joins: runs of one branch in one region. Others are apart, because the way from `main` to a pull
 * request is no change over time.
 */
export function strokes(points: readonly Point[]): readonly (readonly number[])[] {
  const keys = points.map(({ branch, pull, region }) => JSON.stringify([branch, pull, region]));
  return [...Map.groupBy(keys.keys(), (index) => keys[index]).values()];
}

/** The highest of all values and limits of a chart; 0 where it has none. */
export function highestOf(plan: ChartPlan, { points, budgets }: Pick<Trend, "points" | "budgets">): number {
  const values = plan.lines.flatMap((line) => points.map(line.of));
  const limits = budgets.filter(({ budget }) => plan.lines.some((line) => line.budget === budget));
  return Math.max(0, ...values, ...limits.map(({ threshold }) => threshold));
}
