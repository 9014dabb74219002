/** The rows as a Markdown table, for a job's summary or a comment. */
import { allRows } from "../../../core/probe/load.ts";
import { rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow } from "../../../core/wire/api/probes.ts";
import type { ProbeReport } from "../report.ts";

/** Ends with a line break. */
export function probeMarkdown({ results, verdict }: ProbeReport): string {
  if (verdict.kind === "unreachable") return `${escaped(verdict.sentence)}\n`;
  const head = verdict.kind === "interrupted" ? "The probe was interrupted." : `The probe ${verdict.kind}.`;
  const rows = allRows(results).map((row) => `| ${cellsOf(row).map(escaped).join(" | ")} |`);
  return `${[`**${head}** ${escaped(results.base_url)}, ${results.iterations} requests of each endpoint`, "", "| | endpoint | budget | value | has to stay under | note |", "|---|---|---|---:|---:|---|", ...rows].join("\n")}\n`;
}

function cellsOf(row: BudgetRow): readonly string[] {
  const { name, value, threshold, note } = rowText(row);
  const mark = row.judged === false ? "not judged" : row.passed ? "pass" : "FAIL";
  return [mark, row.endpoint, name, value, threshold, note];
}

/** Names come from files and services: no markup, no end of a cell. */
export function escaped(text: string): string {
  return text.replaceAll(/[\r\n]+/g, " ").replaceAll(/[\\`*_[\]<>|#@!]/g, "\\$&");
}
