/** In how many days a budget is used up, if the runs go on as they do. Says nothing rather than something unsure. */
import { fitLine, type Point } from "./theil-sen.ts";

/** Fewer runs, or over a shorter time, are no trend: a day has its own rhythm. */
export const FORECAST_RUNS_LEAST = 8;
export const FORECAST_DAYS_LEAST = 2;
/** Newest runs that are looked at: the slopes between them grow with the square. */
export const FORECAST_RUNS_MOST = 60;
/** Nobody acts on what is further away. */
export const FORECAST_DAYS_MOST = 365;

/**
 * `points`: day (any zero) and value, oldest first. Null unless the slope's lower bound (99 %, `theil-sen.ts`) is over 0 and the line
 * meets the threshold within a year. 0: the line is there already.
 */
export function daysToBreach(points: readonly Point[], threshold: number): number | null {
  const newest = points.slice(-FORECAST_RUNS_MOST);
  const [first, last] = [newest[0], newest.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (newest.length < FORECAST_RUNS_LEAST || last.x - first.x < FORECAST_DAYS_LEAST) return null;
  const line = fitLine(newest);
  if (line === null || !(line.lower > 0)) return null;
  const days = (threshold - (line.intercept + line.slope * last.x)) / line.slope;
  return days > FORECAST_DAYS_MOST ? null : Math.max(0, days);
}
