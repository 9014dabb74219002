/** Which of several places says a budget, and which one it was: a budget that nobody knows the origin of is argued about. */
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";

/** One place, such as `--p95-threshold` or `probe.json`, by budget where each has a name of its own. */
export interface BudgetPlace {
  readonly from: string | Readonly<Partial<Record<keyof Budgets, string>>>;
  readonly budgets: Partial<Budgets>;
}

export interface ChosenBudgets {
  readonly budgets: Budgets;
  /** Where each budget is from that is not the default. */
  readonly from: Partial<Readonly<Record<keyof Budgets, string>>>;
}

/** The first place that says a budget decides it. */
export function chooseBudgets(places: readonly BudgetPlace[]): ChosenBudgets {
  const from: Partial<Record<keyof Budgets, string>> = {};
  const chosen = (budget: keyof Budgets): number => {
    const place = places.find(({ budgets }) => budgets[budget] !== undefined);
    if (place === undefined) return DEFAULT_BUDGETS[budget];
    from[budget] = typeof place.from === "string" ? place.from : (place.from[budget] ?? "");
    return place.budgets[budget] ?? DEFAULT_BUDGETS[budget];
  };
  const budgets: Budgets = {
    p95_ms: chosen("p95_ms"),
    p99_ms: chosen("p99_ms"),
    size_kb: chosen("size_kb"),
    failure_rate: chosen("failure_rate"),
  };
  return { budgets, from };
}
