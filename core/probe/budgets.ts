/**
 * What an endpoint may take: the budgets of a probe, in the names that `.shadow-infra.yml`, `probe.json` and the governance rules share.
 * A value at its threshold is over it.
 */
import type { ProbedEndpoint } from "../wire/api/probes.ts";

export interface Budgets {
  /** Milliseconds. */
  readonly p95_ms: number;
  readonly p99_ms: number;
  /** Mean size of an answer, in units of 1,024 bytes. */
  readonly size_kb: number;
  /** Share of requests, 0 to 1. */
  readonly failure_rate: number;
}

export const DEFAULT_BUDGETS: Budgets = { p95_ms: 75, p99_ms: 120, size_kb: 25, failure_rate: 0.05 };

export type BudgetName = keyof Budgets;

/** In the order of tables. */
export const BUDGET_NAMES = ["p95_ms", "p99_ms", "size_kb", "failure_rate"] as const satisfies readonly BudgetName[];

/** The figure that a budget is about, in the unit of the budget. */
export function valueOf({ p95, p99, avg_size_kb, failure_rate }: ProbedEndpoint, budget: BudgetName): number {
  return { p95_ms: p95, p99_ms: p99, size_kb: avg_size_kb, failure_rate }[budget];
}
