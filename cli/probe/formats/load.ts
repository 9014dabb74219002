/** The load mode for people: a table of steps per endpoint with a bar of its throughput, the knee, and where it stopped and why. */
import { timeCell, twoDecimals } from "../../../core/probe/decimals.ts";
import type { BudgetRow, LoadStep, LoadSummary, ProbeResults } from "../../../core/wire/api/probes.ts";

const BAR_CHARS = 20;
const COLUMNS = ["at a time", "a second", "p50 ms", "p95 ms", "p99 ms", "failed"] as const;

/** Empty where there was no load. `budgetLines` draws the judged step's rows as those of the endpoint are drawn. */
export function loadLines(
  { load = [], load_summary: summary = {} }: ProbeResults,
  budgetLines: (rows: readonly BudgetRow[]) => readonly string[],
): readonly string[] {
  const byEndpoint = Map.groupBy(load, ({ endpoint }) => endpoint);
  return Object.entries(summary).flatMap(([endpoint, one]) => [
    "",
    `Load on ${endpoint}:`,
    ...tableOf(byEndpoint.get(endpoint) ?? [], one.peak),
    ...wordsOf(one).map((line) => `  ${line}`),
    ...budgetLines(one.budgets),
  ]);
}

function tableOf(steps: readonly LoadStep[], peak: number): readonly string[] {
  const rows = steps.map(cellsOf);
  const widths = COLUMNS.map((name, n) => Math.max(name.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, n) => cell.padStart(widths[n] ?? 0)).join("  ");
  const bars = steps.map(({ throughput }) => "█".repeat(peak > 0 ? Math.round((throughput / peak) * BAR_CHARS) : 0));
  return [
    `  ${line(COLUMNS)}`,
    ...steps.map((step, n) => {
      const knee = step.knee === true ? "  <- knee" : "";
      const why = reasonsOf(step);
      return `  ${line(rows[n] ?? [])}  ${bars[n]}${knee}${why === "" ? "" : `  ${why}`}`;
    }),
  ];
}

function cellsOf({ concurrency, throughput, p50, p95, p99 = 0, failure_rate: rate }: LoadStep): readonly string[] {
  const times = [p50, p95, p99].map(timeCell);
  return [String(concurrency), throughput.toFixed(1), ...times, `${twoDecimals(rate * 100)} %`];
}

function reasonsOf({ failure_reasons: reasons = {} }: LoadStep): string {
  return Object.entries(reasons)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");
}

function wordsOf({ peak, knee, saturation, stopped }: LoadSummary): readonly string[] {
  const found =
    knee === null
      ? `No knee was seen: the highest step has the best throughput over response time, or there are fewer than three. Peak ${peak.toFixed(1)} a second.`
      : `Knee at ${knee} at a time: the most throughput over response time (Kleinrock). Peak ${peak.toFixed(1)} a second, which ${saturation} at a time would fill (asymptotes).`;
  return [found, ...(stopped === undefined ? [] : [`${stopped.charAt(0).toUpperCase()}${stopped.slice(1)}.`])];
}
