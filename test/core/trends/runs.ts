/** Runs of one endpoint as plain data, for what is made of them. */
import type { BudgetRow, ProbedEndpoint } from "../../../core/wire/api/probes.ts";

export const ENDPOINT = "/api/shadow/stats";
const LIMITS = { p95_ms: 100, p99_ms: 200, size_kb: 25, failure_rate: 0.05 } as const;

export function figures(p95: number, more: Partial<ProbedEndpoint> = {}): ProbedEndpoint {
  return { p50: p95 / 2, p95, p99: p95, avg_size_kb: 2, failures: 0, failure_rate: 0, ...more };
}

/** Budgets of 100 ms, 200 ms, 25 KB and 5 %, judged. */
export function budgetRows(own: ProbedEndpoint, endpoint = ENDPOINT): readonly BudgetRow[] {
  const values = { p95_ms: own.p95, p99_ms: own.p99, size_kb: own.avg_size_kb, failure_rate: own.failure_rate };
  return (["p95_ms", "p99_ms", "size_kb", "failure_rate"] as const).map((budget) => {
    const [value, threshold] = [values[budget], LIMITS[budget]];
    return { endpoint, budget, value, threshold, passed: value < threshold };
  });
}

/** One endpoint of a run. */
export function run(p95: number, more: Partial<ProbedEndpoint> = {}) {
  const own = figures(p95, more);
  return { [ENDPOINT]: { figures: own, budgets: budgetRows(own) } };
}
