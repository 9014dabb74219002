/** Opens the case of a pair: nothing is known yet but its route. */
import type { Pair } from "../pair/pair.ts";
import { routeOf } from "../pair/route.ts";
import type { Case } from "./case.ts";

export function openCase(pair: Pair, credentials: Case["credentials"] = "none"): Case {
  return {
    pair,
    route: routeOf(pair.request.method, pair.request.path),
    credentials,
    equal: false,
    settled: false,
    slow: false,
    differences: [],
    findings: [],
  };
}
