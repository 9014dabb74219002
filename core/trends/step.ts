/**
 * Where the level of a series changed for good: the split whose two medians leave the least behind, if shuffled values say that it is no
 * chance (`chance.ts`), the levels differ by a tenth, and a steady rise explains the series no better.
 */

import { chanceOfSplit } from "./chance.ts";
import { median, spread } from "./median.ts";
import { fitLine } from "./theil-sen.ts";

/** Runs on each side at least: three of four may agree by chance. */
export const SHORTEST_LEVEL = 4;
/** Newest runs that are looked at: more would cost time and only tell of older steps. */
export const STEP_RUNS = 60;
/** What a series without a step may pass for one: half a percent, so that whole pages of endpoints stay quiet. */
const HIGHEST_CHANCE = 0.005;
/** Smaller changes are within what machines differ by. */
const SMALLEST_CHANGE = 0.1;

export interface Step {
  /** Index of the first value of the new level. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** The newest step of the last `STEP_RUNS` values; null where there is none. */
export function findStep(values: readonly number[]): Step | null {
  let from = Math.max(0, values.length - STEP_RUNS);
  let newest: Step | null = null;
  for (;;) {
    const step = clearest(values.slice(from));
    if (step === null) return newest;
    newest = { ...step, at: step.at + from };
    from = newest.at;
  }
}

function clearest(values: readonly number[]): Step | null {
  if (values.length < 2 * SHORTEST_LEVEL) return null;
  const { at, left } = bestSplit(values);
  const [before, after] = [median(values.slice(0, at)), median(values.slice(at))];
  // A level of the shortest length may be one that is shorter still: then its border is a run of the other.
  if (at === SHORTEST_LEVEL && !isNearer(values[at - 1], before, after)) return null;
  if (at === values.length - SHORTEST_LEVEL && !isNearer(values[at], after, before)) return null;
  const isLarge = Math.abs(after - before) > SMALLEST_CHANGE * Math.max(before, Number.MIN_VALUE);
  if (!isLarge || left >= besideLine(values)) return null;
  return chanceOfSplit(values, SHORTEST_LEVEL, HIGHEST_CHANCE) > HIGHEST_CHANCE ? null : { at, before, after };
}

function isNearer(value: number | undefined, own: number, other: number): boolean {
  return value !== undefined && Math.abs(value - own) < Math.abs(value - other);
}

/** The split that leaves the least distance from the two medians, and that distance. */
function bestSplit(values: readonly number[]): { readonly at: number; readonly left: number } {
  let best = { at: SHORTEST_LEVEL, left: Number.POSITIVE_INFINITY };
  for (let at = SHORTEST_LEVEL; at <= values.length - SHORTEST_LEVEL; at += 1) {
    const left = spread(values.slice(0, at)) + spread(values.slice(at));
    if (left < best.left) best = { at, left };
  }
  return best;
}

/** What a straight line leaves: a slow rise has many splits and no step. */
function besideLine(values: readonly number[]): number {
  const points = values.map((y, x) => ({ x, y }));
  const line = fitLine(points);
  if (line === null) return Number.POSITIVE_INFINITY;
  return spread(points.map(({ x, y }) => y - line.slope * x));
}
