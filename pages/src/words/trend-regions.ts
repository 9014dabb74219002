/** One endpoint in several regions: the newest run of each, and how much slower it is than the fastest. */
import type { Point } from "./trend-series.ts";

export interface RegionRow {
  readonly region: string;
  readonly point: Point;
  /** Its p95 through the fastest region's; null where the fastest took no time that could be measured. */
  readonly ratio: number | null;
}

/** Fastest first; none where there are not two regions to compare. `points` are oldest first. */
export function regionRows(points: readonly Point[]): readonly RegionRow[] {
  const newest = new Map<string, Point>();
  for (const point of points) if (point.region !== null) newest.set(point.region, point);
  if (newest.size < 2) return [];
  const rows = [...newest].toSorted(([, one], [, other]) => one.figures.p95 - other.figures.p95);
  const fastest = rows[0]?.[1].figures.p95 ?? 0;
  return rows.map(([region, point]) => ({ region, point, ratio: fastest > 0 ? point.figures.p95 / fastest : null }));
}
