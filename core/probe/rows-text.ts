/** A budget row in words, the same in a table, in JUnit and in an annotation. */
import type { BudgetRow } from "../wire/api/probes.ts";
import { NOTHING_MEASURED } from "./rows.ts";

interface Words {
  readonly name: string;
  /** Of the value and of the threshold. */
  readonly text: (value: number) => string;
}

const ms = (value: number): string => `${fixed(value, 2)} ms`;
const times = (value: number): string => `${fixed(value, 2)} times`;

const WORDS: Readonly<Record<BudgetRow["budget"], Words>> = {
  p95_ms: { name: "p95", text: ms },
  p99_ms: { name: "p99", text: ms },
  size_kb: { name: "size", text: (value) => `${fixed(value, 2)} KB` },
  failure_rate: { name: "failures", text: (value) => `${fixed(value * 100, 2)} %` },
  ratio_p95: { name: "p95 ratio", text: times },
  ratio_p99: { name: "p99 ratio", text: times },
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
  const { name, text } = WORDS[budget];
  // A value that would read like its threshold is told to the last digit: `74.999`, not `75`.
  const isClose = value !== threshold && text(value) === text(threshold);
  const shown = note === NOTHING_MEASURED ? "-" : isClose ? exactly(budget, value) : text(value);
  return { name, value: shown, threshold: text(threshold), note };
}

/** `p95 is 81.2 ms and has to stay under 75 ms (max of 20)`. */
export function rowSentence(row: BudgetRow): string {
  const { name, value, threshold, note } = rowText(row);
  if (note === NOTHING_MEASURED) return `${name}: nothing was measured, and it has to stay under ${threshold}`;
  const [verb, must] = name === "failures" ? ["are", "have"] : ["is", "has"];
  return `${name} ${verb} ${value} and ${must} to stay under ${threshold}${note === "" ? "" : ` (${note})`}`;
}

function exactly(budget: BudgetRow["budget"], value: number): string {
  const unit = WORDS[budget].text(0).slice(1);
  return `${budget === "failure_rate" ? value * 100 : value}${unit}`;
}

/** At most so many decimals, and none that say nothing. */
function fixed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
