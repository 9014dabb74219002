/** The rows as a Markdown table, for a job's summary or a comment. */
import { allRows } from "../../../core/probe/load.ts";
import { rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow } from "../../../core/wire/api/probes.ts";
import { escapedText, table } from "../../markdown.ts";
import type { ProbeReport } from "../report.ts";

/** Ends with a line break. */
export function probeMarkdown({ results, verdict }: ProbeReport): string {
  if (verdict.kind === "unreachable") return `${escapedText(verdict.sentence)}\n`;
  const head = verdict.kind === "interrupted" ? "The probe was interrupted." : `The probe ${verdict.kind}.`;
  const about = `**${head}** ${escapedText(results.base_url)}, ${results.iterations} requests of each endpoint`;
  return `${about}\n\n${table(HEAD, allRows(results).map(cellsOf), ALIGN)}\n`;
}

const HEAD = ["", "endpoint", "budget", "value", "has to stay under", "note"] as const;
const ALIGN = ["---", "---", "---", "---:", "---:", "---"] as const;

function cellsOf(row: BudgetRow): readonly string[] {
  const { name, value, threshold, note } = rowText(row);
  const mark = row.judged === false ? "not judged" : row.passed ? "pass" : "FAIL";
  return [mark, row.endpoint, name, value, threshold, note];
}
