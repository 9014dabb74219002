/** Where everything of one chart goes, in pixels. Pure: the same data and width give the same chart. */
import type { Trend } from "../../../core/wire/api/trends.ts";
import { linear, type Scale, type TimeTick, ticksTo, timeTicks } from "./trend-scales.ts";
import { type ChartPlan, highestOf, type Line, strokes } from "./trend-series.ts";

/** Around the plot, in pixels: values stand left of it, days below. */
const MARGIN = { top: 18, right: 10, bottom: 22, left: 52 } as const;

/** Pixels that a day's name wants. */
const TIME_LABEL_PX = 74;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface DrawnLine {
  readonly line: Line;
  readonly path: string;
  /** A dot for every run, as strokes without length; those of failed runs apart. */
  readonly dots: string;
  readonly failed: string;
  /** Height of every run's value. */
  readonly ys: readonly number[];
}

/** The name of a stroke where there are several. */
export interface StrokeName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface DrawnLimit {
  readonly line: Line;
  readonly threshold: number;
  readonly y: number;
}

export interface Layout {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly yTicks: readonly { readonly value: number; readonly y: number }[];
  readonly xTicks: readonly (TimeTick & { readonly x: number })[];
  /** Place of every run. */
  readonly xs: readonly number[];
  readonly lines: readonly DrawnLine[];
  readonly limits: readonly DrawnLimit[];
  readonly names: readonly StrokeName[];
  readonly stepX: number | null;
}

export function layoutOf(plan: ChartPlan, trend: Trend, { width, height }: Size): Layout {
  const plot = { left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom };
  const times = trend.points.map(({ at }) => Date.parse(at));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const ticks = ticksTo(highestOf(plan, trend));
  const x = linear([from, to], [plot.left + 4, plot.right - 4]);
  const y = linear([0, ticks.at(-1) ?? 1], [plot.bottom, plot.top]);
  const xs = times.map(x.at);
  const joined = strokes(trend.points);
  const lines = plan.lines.map((line) => drawn(line, trend, { joined, xs, y }));
  return {
    plot,
    yTicks: ticks.map((value) => ({ value, y: y.at(value) })),
    xTicks: timeTicks(from, to, Math.floor((plot.right - plot.left) / TIME_LABEL_PX)).map((tick) => ({
      ...tick,
      x: x.at(tick.at),
    })),
    xs,
    lines,
    // The small charts have no room for names.
    names: namesOf(plan.stepped === true ? joined : [], trend, (index) => ({
      x: xs[index] ?? 0,
      y: lines[0]?.ys[index] ?? 0,
    })),
    limits: plan.lines.flatMap((line) =>
      limitOf(line, trend).map((threshold) => ({ line, threshold, y: y.at(threshold) })),
    ),
    stepX: plan.stepped === true && trend.step !== null ? x.at(Date.parse(trend.step.at)) : null,
  };
}

interface Places {
  readonly joined: readonly (readonly number[])[];
  readonly xs: readonly number[];
  readonly y: Scale;
}

function drawn(line: Line, { points }: Trend, { joined, xs, y }: Places): DrawnLine {
  const ys = points.map((point) => y.at(line.of(point)));
  const place = (index: number) => `${round(xs[index])},${round(ys[index])}`;
  return {
    line,
    ys,
    path: joined.map((stroke) => `M${stroke.map(place).join("L")}`).join(""),
    dots: points.map((_, index) => `M${place(index)}h0`).join(""),
    failed: points.map(({ passed }, index) => (passed ? "" : `M${place(index)}h0`)).join(""),
  };
}

/** One stroke needs no name. What tells several apart is the region, or the pull request, or the branch. */
function namesOf(
  joined: Places["joined"],
  { points }: Trend,
  placeOf: (index: number) => { readonly x: number; readonly y: number },
): readonly StrokeName[] {
  if (joined.length < 2) return [];
  return joined.flatMap((stroke) => {
    const last = stroke.at(-1) ?? 0;
    const { region = null, pull = null, branch = null } = points[last] ?? {};
    const text = region ?? (pull === null ? branch : `#${pull}`);
    return text === null ? [] : [{ text, ...placeOf(last) }];
  });
}

function limitOf({ budget }: Line, { budgets }: Trend): readonly number[] {
  return budgets.filter((each) => each.budget === budget).map(({ threshold }) => threshold);
}

function round(value = 0): number {
  return Math.round(value * 10) / 10;
}
