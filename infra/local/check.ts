/** Compares what a report says with what an example planted. Pure. */
import { rank } from "../../core/verdict/severity.ts";
import type { Drift } from "../../core/wire/api/drifts.ts";
import type { Example, Planted } from "./examples/example.ts";

export interface PlantedOutcome {
  readonly id: string;
  readonly route: string;
  readonly what: string;
  readonly found: boolean;
  /** The drifts that count as this one, worst first. */
  readonly drifts: readonly {
    readonly signature: string;
    readonly rule: string;
    readonly verdict: string;
    readonly count: number;
  }[];
}

export interface ExampleOutcome {
  readonly planted: readonly PlantedOutcome[];
  /** Drifts that are not noise, on routes that differ by noise alone. */
  readonly falseAlarms: readonly Drift[];
  /** Drifts on routes with a regression that belong to none. */
  readonly besides: readonly Drift[];
  readonly passed: boolean;
}

export function checkExample(example: Example, drifts: readonly Drift[]): ExampleOutcome {
  const counting = drifts.filter((drift) => drift.noise === null);
  const planted = example.planted.map((one) => outcomeOf(one, counting));
  const explained = new Set(planted.flatMap((one) => one.drifts.map((drift) => drift.signature)));
  const plantedRoutes = new Set(example.planted.map((one) => one.route));
  // Anything outside the routes with a regression is a false alarm, also on a route the manifest forgot.
  const falseAlarms = counting.filter((drift) => !plantedRoutes.has(drift.route));
  const besides = counting.filter((drift) => plantedRoutes.has(drift.route) && !explained.has(drift.signature));
  return { planted, falseAlarms, besides, passed: planted.every((one) => one.found) && falseAlarms.length === 0 };
}

function outcomeOf(planted: Planted, drifts: readonly Drift[]): PlantedOutcome {
  const { id, route, what, expected } = planted;
  const hits = drifts.filter((drift) => drift.route === route && isExpected(drift, expected));
  return {
    id,
    route,
    what,
    found: hits.length > 0,
    drifts: hits.map(({ signature, rule, verdict, count }) => ({ signature, rule, verdict, count })),
  };
}

function isExpected(drift: Drift, { pattern, rule, kind, severity }: Planted["expected"]): boolean {
  if (rank(drift.verdict) < rank(severity)) return false;
  if (kind !== undefined && drift.kind !== kind) return false;
  if (rule !== undefined && !drift.rule.split("-").includes(rule)) return false;
  return pattern === undefined || isAtOrBelow(drift.pattern, pattern);
}

/** `$.goods` covers `$.goods[*]` and not `$.goodsOnShelf`. */
function isAtOrBelow(path: string, pattern: string): boolean {
  return path === pattern || (path.startsWith(pattern) && !/^[\w-]/.test(path.slice(pattern.length)));
}
