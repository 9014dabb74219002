/** Opens the case of a pair: nothing is known yet but its route, and what the repository says about comparing it. */
import { comparisonOf } from "../compare/comparison-of.ts";
import { type CompareSettings, DEFAULT_COMPARE_SETTINGS } from "../compare/settings.ts";
import type { Pair } from "../pair/pair.ts";
import { routeIn } from "../pair/route-in.ts";
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
  const { method, path } = pair.request;
  return {
    pair,
    route: routeIn(settings)(method, path),
    comparison: comparisonOf(settings, method, path),
    contract: settings.contract,
    credentials,
    equal: false,
    settled: false,
    slow: false,
    differences: [],
    findings: [],
  };
}
