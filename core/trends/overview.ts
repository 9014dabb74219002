/**
 * Trends as a list shows them: the worst first, with a few groups of runs in place of all runs. What survives thinning is the worst of each group
 * and how many of it failed, so no breach is thinned away, whichever region it was in.
 */
import { type BudgetName, valueOf } from "../probe/budgets.ts";
import {
  MAX_THINNED,
  type Thinned,
  TREND_LEVELS,
  type TrendLevel,
  type TrendSummary,
} from "../wire/api/trend-overview.ts";
import type { Trend } from "../wire/api/trends.ts";

type Point = Trend["points"][number];

/** Trends without a run are left out. Within a level the order stays. */
export function overviewOf(trends: readonly Trend[]): readonly TrendSummary[] {
  const rank = ({ level }: TrendSummary) => TREND_LEVELS.indexOf(level);
  return trends.flatMap((trend) => summaryOf(trend) ?? []).toSorted((one, other) => rank(one) - rank(other));
}

/** How many there are of each level. */
export function countLevels(items: readonly TrendSummary[]): Record<TrendLevel, number> {
  const of = (wanted: TrendLevel) => items.filter(({ level }) => level === wanted).length;
  return { over: of("over"), near: of("near"), unknown: of("unknown"), held: of("held") };
}

function summaryOf({ points, service, repository, endpoint, budgets, step }: Trend): TrendSummary | null {
  const newest = points.at(-1);
  if (newest === undefined) return null;
  const newestOf = new Map(points.map((point) => [point.region ?? "", point]));
  const failedIn = [...newestOf].flatMap(([region, { passed }]) => (passed ? [] : [region])).toSorted();
  const { run, at, commit, passed } = newest;
  return {
    service,
    repository,
    endpoint,
    level: failedIn.length > 0 ? "over" : levelOf(budgets),
    newest: { run, at, commit, passed },
    failedIn,
    budgets,
    step,
    thinned: thin(points),
  };
}

function levelOf(budgets: Trend["budgets"]): TrendLevel {
  if (budgets.some(({ use }) => use >= 1)) return "over";
  if (budgets.some(({ warning }) => warning)) return "near";
  return budgets.length === 0 ? "unknown" : "held";
}

/** Consecutive runs, as many in each group as can be. `points`: oldest first. */
export function thin(points: readonly Point[], most = MAX_THINNED): Thinned {
  const count = Math.min(most, points.length);
  const border = (group: number) => Math.floor((group * points.length) / count);
  const groups = Array.from({ length: count }, (_, group) => points.slice(border(group), border(group + 1)));
  const worst = (budget: BudgetName) =>
    groups.map((group) => roundedUp(Math.max(...group.map(({ figures }) => valueOf(figures, budget)))));
  return {
    from: points[0]?.at ?? "",
    runs: groups.map((group) => group.length),
    failed: groups.map((group) => group.filter(({ passed }) => !passed).length),
    p95_ms: worst("p95_ms"),
    p99_ms: worst("p99_ms"),
    size_kb: worst("size_kb"),
    failure_rate: worst("failure_rate"),
  };
}

/** Never down: what was at a budget stays at it. */
function roundedUp(value: number): number {
  return Math.ceil(value * 1_000) / 1_000;
}
