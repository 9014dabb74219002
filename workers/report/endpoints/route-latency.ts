/** The latencies of one route: the consumer's sketches and the tees', added up, with the shift they show. */
import { latencyShift } from "../../../core/report/latency-shift.ts";
import { quantilesOf } from "../../../core/report/quantiles.ts";
import type { Route } from "../../../core/wire/api/routes.ts";
import type { EqualRoute } from "../store/equal-pairs.ts";
import { latenciesOf } from "../store/latency-checks.ts";
import type { RouteRow } from "../store/routes.ts";

export function latencyOf(row: RouteRow | undefined, settled: EqualRoute | undefined): Route["latency"] {
  const all = latenciesOf(row, settled);
  return {
    prod: quantilesOf(all.prod),
    shadow: quantilesOf(all.shadow),
    control: quantilesOf(all.control),
    base: quantilesOf(all.base),
    shift: latencyShift(all),
  };
}
