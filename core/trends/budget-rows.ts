/** Budgets of a run's results, judged again: what a sender says of its own results is not taken on trust. */
import { BUDGET_NAMES, DEFAULT_BUDGETS, valueOf } from "../probe/budgets.ts";
import { isWithin } from "../probe/rows.ts";
import type { BudgetRow, ProbeResults } from "../wire/api/probes.ts";

export interface Judged {
  readonly budgets: readonly BudgetRow[];
  readonly passed: boolean;
}

/**
 * A row passes if its value is within its threshold and the sender did not fail it; the whole passes if every row does and the sender
 * did not fail it. Results without rows are judged by the default budgets.
 */
export function judgeResults(results: ProbeResults): Judged {
  const rows = results.budgets ?? defaultRows(results);
  const budgets = rows.map((row) => ({ ...row, passed: row.passed && holds(row) }));
  return { budgets, passed: results.passed !== false && allHold(budgets) };
}

/** A ratio over its limit holds where the interval around it does not lie beyond: only who has the samples can say so. */
function holds({ budget, value, threshold }: BudgetRow): boolean {
  return budget === "ratio_p95" || budget === "ratio_p99" || isWithin(value, threshold);
}

/** Rows that are only shown do not count. */
export function allHold(budgets: readonly BudgetRow[]): boolean {
  return budgets.every(({ passed, judged }) => passed || judged === false);
}

function defaultRows({ endpoints }: ProbeResults): readonly BudgetRow[] {
  return Object.entries(endpoints).flatMap(([endpoint, figures]) =>
    BUDGET_NAMES.map((budget) => {
      const [value, threshold] = [valueOf(figures, budget), DEFAULT_BUDGETS[budget]];
      return { endpoint, budget, value, threshold, passed: isWithin(value, threshold) };
    }),
  );
}
