/** Each budget of an endpoint as a row: what came out, what it may be, whether it held. A table, so that no report needs a second look. */
import type { BudgetRow } from "../wire/api/probes.ts";
import { BUDGET_NAMES, type BudgetName, type Budgets, valueOf } from "./budgets.ts";
import { twoDecimals } from "./decimals.ts";
import type { Measured } from "./figures.ts";
import { maximumNote } from "./percentiles.ts";

interface Judged {
  readonly samples: (measured: Measured) => number;
  readonly note: (measured: Measured) => string | null;
}

const BUDGETS: Readonly<Record<BudgetName, Judged>> = {
  p95_ms: { samples: ({ timed }) => timed, note: ({ timed }) => maximumNote(95, timed) },
  p99_ms: { samples: ({ timed }) => timed, note: ({ timed }) => maximumNote(99, timed) },
  size_kb: {
    samples: ({ sized }) => sized,
    note: ({ figures: { max_size_kb = 0 } }) => `mean; max ${twoDecimals(max_size_kb)} KB`,
  },
  failure_rate: {
    // Where nothing was sent, no failure was counted either.
    samples: ({ figures }) => (figures.requests ?? 0) + figures.failures,
    note: ({ figures: { failures, failure_reasons: reasons = {} } }) =>
      failures === 0
        ? null
        : Object.entries(reasons)
            .map(([reason, count]) => `${reason} ${count}`)
            .join(", ")
            .slice(0, 300),
  },
};

/** The note of a row whose value of 0 is none. */
export const NOTHING_MEASURED = "nothing was measured";

/** In the order p95, p99, size, failures. Without any sample nothing can have held. */
export function budgetRows(endpoint: string, measured: Measured, budgets: Budgets): readonly BudgetRow[] {
  return BUDGET_NAMES.map((budget) => {
    const row = BUDGETS[budget];
    const [value, threshold] = [valueOf(measured.figures, budget), budgets[budget]];
    if (row.samples(measured) === 0)
      return { endpoint, budget, value, threshold, passed: false, note: NOTHING_MEASURED };
    const note = row.note(measured);
    return { endpoint, budget, value, threshold, passed: isWithin(value, threshold), ...(note !== null && { note }) };
  });
}

/** At the threshold is over it. Nothing is over a budget with 0, or a budget of no failures could not be kept. */
export function isWithin(value: number, threshold: number): boolean {
  return value < threshold || value === 0;
}
