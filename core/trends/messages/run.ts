/** Which run a message is about, and the words that all channels share. Texts are as CI sent them: each channel makes them harmless. */

import type { BudgetName } from "../../probe/budgets.ts";
import type { Change } from "../alerts.ts";

/** Empty texts: not named. */
export interface RunFacts {
  readonly repository: string;
  readonly service: string;
  readonly region: string;
  readonly branch: string;
  readonly commit: string;
  /** RFC 3339. */
  readonly at: string;
  /** http or https, or null. */
  readonly url: string | null;
}

export const BUDGET_WORDS: Readonly<Record<BudgetName, string>> = {
  p95_ms: "p95",
  p99_ms: "p99",
  size_kb: "mean size",
  failure_rate: "failure rate",
};

/** `p95 91 ms of 75 ms` */
export function measuredText(budget: BudgetName, measured: Change["measured"]): string {
  if (measured === null) return `${BUDGET_WORDS[budget]} is no longer probed`;
  return `${BUDGET_WORDS[budget]} ${figure(budget, measured.value)} of ${figure(budget, measured.threshold)}`;
}

function figure(budget: BudgetName, value: number): string {
  if (budget === "failure_rate") return `${rounded(value * 100)} %`;
  return `${rounded(value)} ${budget === "size_kb" ? "KB" : "ms"}`;
}

/** Three figures are as much as a probe knows. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `shop (acme/shop, eu)` */
export function serviceText({ service, repository, region }: RunFacts): string {
  const where = [repository, region].filter((text) => text !== "").join(", ");
  return where === "" ? service : `${service} (${where})`;
}

/** At most so many characters, with an ellipsis where some are left out; halves of a character are none. */
export function shortened(text: string, most: number): string {
  const plain = text.toWellFormed();
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
