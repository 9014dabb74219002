/** The latencies of one route: rows of the database and sketches of the tees, added up, with the shift they show. */
import { addBuckets } from "../../../core/report/latency.ts";
import { type LatencyFinding, latencyFinding, latencyShift } from "../../../core/report/latency-shift.ts";
import { quantilesOf } from "../../../core/report/quantiles.ts";
import type { LatencyShift, Route } from "../../../core/wire/api/routes.ts";
import type { EqualRoute } from "../store/equal-pairs.ts";
import type { RouteLatencies } from "../store/latencies.ts";

export type MeasuredRows = ReturnType<RouteLatencies["get"]>;

export function latencyOf(settled: EqualRoute | undefined, rows: MeasuredRows): Route["latency"] {
  return {
    prod: quantilesOf(addBuckets(rows?.prod ?? {}, settled?.prod ?? {})),
    shadow: quantilesOf(addBuckets(rows?.shadow ?? {}, settled?.shadow ?? {})),
    control: quantilesOf(addBuckets(rows?.control ?? {}, settled?.control ?? {})),
    base: quantilesOf(rows?.base ?? {}),
    shift: shiftOf(settled, rows),
  };
}

/** The tees' sketches do not say what the base took, so with one only rows are judged. */
export function shiftOf(settled: EqualRoute | undefined, rows: MeasuredRows): LatencyShift | null {
  return latencyShift({
    prod: addBuckets(rows?.prod ?? {}, settled?.prod ?? {}),
    shadow: addBuckets(rows?.shadow ?? {}, settled?.shadow ?? {}),
    base: rows?.base ?? {},
    shadowBesideBase: rows?.shadowBesideBase ?? {},
  });
}

/** By route: those that became slower. */
export function slowRoutes(
  equal: ReadonlyMap<string, EqualRoute>,
  latencies: RouteLatencies,
): ReadonlyMap<string, LatencyFinding> {
  const names = new Set([...equal.keys(), ...latencies.keys()]);
  return new Map(
    [...names].flatMap((route) => {
      const finding = latencyFinding(route, shiftOf(equal.get(route), latencies.get(route)));
      return finding === null ? [] : [[route, finding] as const];
    }),
  );
}
