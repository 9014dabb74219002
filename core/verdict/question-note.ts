/** What people are told about a question that has no answer: why it waits, or why nobody waits for it any more. */

/** Why a call was not made, as it is stored with the question. */
export const BUDGET_ERRORS = ["budget: deployment", "budget: repository and day"] as const;
export type BudgetError = (typeof BUDGET_ERRORS)[number];

const WAITING = "A model was asked and has not answered yet.";
const UNAVAILABLE = "Model unavailable: it gave no answer within 24 hours, so the rule's verdict stands.";
const SPENT: Readonly<Record<BudgetError, string>> = {
  "budget: deployment": "A model is not asked: this deployment's budget of calls is used up.",
  "budget: repository and day":
    "A model is not asked before tomorrow: the repository's budget of calls for today is used up.",
};

/** One sentence for a state of `decisions`, or null where there is an answer. `lastError` is the stored code. */
export function questionNote(state: string, lastError: string | null): string | null {
  if (state === "decided") return null;
  const spent = BUDGET_ERRORS.find((error) => error === lastError);
  if (state === "unavailable")
    return spent === undefined
      ? UNAVAILABLE
      : UNAVAILABLE.replace("it gave no answer", "its budget of calls left no answer");
  return spent === undefined ? WAITING : SPENT[spent];
}
