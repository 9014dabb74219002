/** Opens the case of a pair: nothing is known yet but its route, and what the repository says about comparing it. */
import { type CompareSettings, DEFAULT_COMPARE_SETTINGS, DEFAULT_COMPARISON } from "../compare/settings.ts";
import type { Pair } from "../pair/pair.ts";
import { routeOf } from "../pair/route.ts";
import type { Case } from "./case.ts";

/** How the pair was taken, and what its repository says about comparing. */
export interface Opening {
  readonly credentials?: Case["credentials"];
  readonly settings?: CompareSettings;
}

export function openCase(
  pair: Pair,
  { credentials = "none", settings = DEFAULT_COMPARE_SETTINGS }: Opening = {},
): Case {
  return {
    pair,
    route: routeOf(pair.request.method, pair.request.path),
    comparison: DEFAULT_COMPARISON,
    contract: settings.contract,
    credentials,
    equal: false,
    settled: false,
    slow: false,
    differences: [],
    findings: [],
  };
}
