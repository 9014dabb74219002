/** A budget row in words, the same in a table, in JUnit and in an annotation. */
import type { BudgetRow } from "../wire/api/probes.ts";
import { allDecimals, twoDecimals } from "./decimals.ts";
import { NOTHING_MEASURED } from "./rows.ts";

interface Words {
  readonly name: string;
  readonly unit: string;
  /** From the row's number to that of the unit. */
  readonly times: number;
}

const WORDS: Readonly<Record<BudgetRow["budget"], Words>> = {
  p95_ms: { name: "p95", unit: "ms", times: 1 },
  p99_ms: { name: "p99", unit: "ms", times: 1 },
  size_kb: { name: "size", unit: "KB", times: 1 },
  failure_rate: { name: "failures", unit: "%", times: 100 },
  ratio_p95: { name: "p95 ratio", unit: "times", times: 1 },
  ratio_p99: { name: "p99 ratio", unit: "times", times: 1 },
};

export interface RowText {
  /** `p95` */
  readonly name: string;
  /** `81.2 ms` */
  readonly value: string;
  /** `75 ms`: what the value has to stay under. */
  readonly threshold: string;
  readonly note: string;
}

export function rowText({ budget, value, threshold, note = "" }: BudgetRow): RowText {
  const { name, unit, times } = WORDS[budget];
  const limit = allDecimals(threshold * times);
  const rounded = twoDecimals(value * times);
  // A value that would read like its threshold is told to the last digit: `74.999`, not `75`.
  const shown = rounded === limit ? allDecimals(value * times) : rounded;
  return { name, value: note === NOTHING_MEASURED ? "-" : `${shown} ${unit}`, threshold: `${limit} ${unit}`, note };
}

/** `p95 is 81.2 ms and has to stay under 75 ms (max of 20)`. */
export function rowSentence(row: BudgetRow): string {
  const { name, value, threshold, note } = rowText(row);
  if (note === NOTHING_MEASURED) return `${name}: nothing was measured, and it has to stay under ${threshold}`;
  const [verb, must] = name === "failures" ? ["are", "have"] : ["is", "has"];
  return `${name} ${verb} ${value} and ${must} to stay under ${threshold}${note === "" ? "" : ` (${note})`}`;
}
