/** What a trend says in words: how much of a budget is used, where that leads, and where a level began. */
import type { Thinned, TrendOverview, TrendSummary } from "../../../core/wire/api/trend-overview.ts";
import type { Trend } from "../../../core/wire/api/trends.ts";
import { counted, milliseconds, ratio, share } from "./numbers.ts";

type BudgetUse = Trend["budgets"][number];
type Levels = TrendOverview["levels"];
type Step = NonNullable<Trend["step"]>;

/** Characters of a commit's hash that are shown. */
const SHORT_SHA = 7;

const NAMES: Readonly<Record<BudgetUse["budget"], string>> = {
  p95_ms: "p95",
  p99_ms: "p99",
  size_kb: "Average size",
  failure_rate: "Failure rate",
};

export function budgetName(budget: BudgetUse["budget"]): string {
  return NAMES[budget];
}

/** A value in the unit of its budget: `51 ms`, `12.4 KB`, `0.5 %`. */
export function budgetFigure(budget: BudgetUse["budget"], value: number): string {
  if (budget === "failure_rate") return share(value);
  if (budget === "size_kb") return `${Number(value.toPrecision(3))} KB`;
  return milliseconds(value);
}

/** `over` at the threshold and above it, `near` from the warning share on. */
export function levelOf({ use, warning }: BudgetUse): "over" | "near" | "held" {
  if (use >= 1) return "over";
  return warning ? "near" : "held";
}

/** `68 %`. Rounded down, so that 100 % is said of what is over the budget only. */
export function percentUsed(use: number): string {
  const value = Math.floor(100 * use + 1e-9);
  return value === 0 && use > 0 ? "<1 %" : `${value} %`;
}

/** `51 ms of 75 ms`. */
export function figuresUsed({ budget, value, threshold }: BudgetUse): string {
  return `${budgetFigure(budget, value)} of ${budgetFigure(budget, threshold)}`;
}

/** Where a budget stands and where that leads; empty where there is nothing to say. */
export function outlook(use: BudgetUse): string {
  const level = levelOf(use);
  if (level === "over") return "over the budget";
  const breach = breachWords(use.daysToBreach);
  if (level === "near") return breach === "" ? "close to the budget" : `close to the budget: ${breach}`;
  return breach;
}

function breachWords(days: number | null): string {
  if (days === null) return "";
  if (days < 1) return "at this pace over it within a day";
  return `at this pace over it in about ${counted(Math.floor(days), "day")}`;
}

/** `p95 rose from 41 ms to 62 ms (1.5 ×) with commit a1b2c3d`. */
export function stepWords({ before, after, commit }: Step): string {
  const verb = after > before ? "rose" : "fell";
  const times = before > 0 ? ` (${ratio(after / before)} ×)` : "";
  const cause = commit === null ? "" : ` with commit ${shortSha(commit)}`;
  return `p95 ${verb} from ${milliseconds(before)} to ${milliseconds(after)}${times}${cause}`;
}

export function shortSha(commit: string): string {
  return commit.slice(0, SHORT_SHA);
}

/** Where a run was made: `main a1b2c3d`, `#128 feature/x a1b2c3d`, with the region where there is one. */
export function originWords(point: Trend["points"][number]): string {
  const { pull, branch, commit, region } = point;
  const parts = [
    pull === null ? "" : `#${pull}`,
    branch ?? "",
    commit === null ? "" : shortSha(commit),
    region === null ? "" : `in ${region}`,
  ];
  return parts.filter((part) => part !== "").join(" ") || "unknown origin";
}

/** `12 runs, 2 failed: p95 up to 51 ms`. */
export function groupWords({ runs, failed, p95_ms }: Thinned, group: number): string {
  const bad = failed[group] ?? 0;
  const figures = `p95 up to ${milliseconds(p95_ms[group] ?? 0)}`;
  return `${counted(runs[group] ?? 0, "run")}${bad === 0 ? "" : `, ${bad} failed`}: ${figures}`;
}

/** Empty where nothing failed. */
export function failedWords({ newest, failedIn }: Pick<TrendSummary, "newest" | "failedIn">): string {
  if (!newest.passed) return "the newest run failed";
  const regions = failedIn.map((region) => (region === "" ? "no named region" : region));
  return regions.length === 0 ? "" : `the newest run failed in ${regions.join(", ")}`;
}

export function endpointCount({ over, near, unknown, held }: Levels): number {
  return over + near + unknown + held;
}

/** What a reader learns first. An endpoint without a budget is not one that holds its budgets. */
export function trendsHeadline(levels: Levels): string {
  const { over, near, unknown } = levels;
  const parts = [
    over > 0 && `${over} over a budget`,
    near > 0 && `${near} close to ${over > 0 ? "one" : "a budget"}`,
    unknown > 0 && `${unknown} without ${over + near > 0 ? "any" : "a budget"}`,
  ].filter((part) => part !== false);
  const all = counted(endpointCount(levels), "endpoint");
  return parts.length === 0 ? `${all}, within all budgets` : `${all}: ${parts.join(", ")}`;
}
