/** The latencies of one route: the consumer's sketches and the tees', added up, with the shift they show. */
import { latencyShift } from "../../../core/report/latency-shift.ts";
import { quantilesOf } from "../../../core/report/quantiles.ts";
import { addLatencies, NO_LATENCIES } from "../../../core/report/route-latencies.ts";
import type { Route } from "../../../core/wire/api/routes.ts";
import type { EqualRoute } from "../store/equal-pairs.ts";
import { readLatencies } from "../store/latency-checks.ts";
import type { RouteRow } from "../store/routes.ts";

/** The tees' sketches do not say what the base took, so with one only pairs with a row are judged. */
export function latencyOf(row: RouteRow | undefined, settled: EqualRoute | undefined): Route["latency"] {
  const rows = row === undefined ? NO_LATENCIES : readLatencies(row.latencies);
  const all = settled === undefined ? rows : addLatencies(rows, settledOf(settled));
  return {
    prod: quantilesOf(all.prod),
    shadow: quantilesOf(all.shadow),
    control: quantilesOf(all.control),
    base: quantilesOf(all.base),
    shift: latencyShift(all),
  };
}

function settledOf({ prod, shadow, control }: EqualRoute) {
  return { prod, shadow, control };
}
