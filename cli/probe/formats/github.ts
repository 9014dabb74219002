/** Annotations of GitHub Actions: one per budget that did not hold (docs.github.com/actions/reference/workflows-and-actions/workflow-commands). */
import { allRows } from "../../../core/probe/load.ts";
import { rowSentence } from "../../../core/probe/rows-text.ts";
import type { ProbeReport } from "../report.ts";

/** GitHub shows ten errors of a step; the last of ours says how many more there are. */
const MAX_ERRORS = 10;

/** Ends with a line break. */
export function probeGithub({ results, verdict }: ProbeReport): string {
  if (verdict.kind === "unreachable") return `${command("error", verdict.sentence)}\n`;
  if (verdict.kind === "interrupted") return `${command("warning", "The probe was interrupted.")}\n`;
  const failed = allRows(results).filter(({ passed, judged }) => !passed && judged !== false);
  if (failed.length === 0) return `${command("notice", `All budgets of ${results.base_url} held.`)}\n`;
  const words = failed.map((row) => `${row.endpoint}: ${rowSentence(row)}.`);
  const shown = words.length > MAX_ERRORS ? words.slice(0, MAX_ERRORS - 1) : words;
  const rest = words.length - shown.length;
  const lines = [...shown, ...(rest > 0 ? [`${rest} more budgets did not hold; the results have them all.`] : [])];
  return `${lines.map((line) => command("error", line)).join("\n")}\n`;
}

function command(level: "error" | "warning" | "notice", text: string): string {
  const escaped = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return `::${level} title=Performance budget::${escaped}`;
}
