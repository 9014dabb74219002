/** For people: a table of figures per endpoint, its budgets as rows with a mark, and a last line that says how it ended. */
import { createColors } from "picocolors";
import { type Budgets, DEFAULT_BUDGETS } from "../../../core/probe/budgets.ts";
import { allRows } from "../../../core/probe/load.ts";
import { namesOf } from "../../../core/probe/results.ts";
import { rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow, ProbedEndpoint } from "../../../core/wire/api/probes.ts";
import { logText } from "../../log-text.ts";
import { addressOf, type Plan } from "../plan.ts";
import type { ProbeReport } from "../report.ts";
import { loadLines } from "./load.ts";

/** Failures that are told for each endpoint. */
const SHOWN_FAILURES = 3;

/** Ends with a line break. */
export function pretty(report: ProbeReport, hasColors: boolean): string {
  const { results, plan, verdict } = report;
  const colors = createColors(hasColors);
  // A table of zeros would only hide the sentence.
  if (verdict.kind === "unreachable") return `${colors.red(verdict.sentence)}\n`;
  const compared = plan.compare === null ? "" : ` against ${addressOf(plan.compare.url)}`;
  const lines = [
    colors.bold(
      `${results.base_url}${compared}: ${results.iterations} requests of each endpoint, ${plan.concurrency} at a time`,
    ),
    ...budgetLines(plan),
    ...Object.entries(results.endpoints).flatMap(([name, figures]) => [
      "",
      ...endpointLines(report, { name, figures }, colors),
    ]),
    ...loadLines(report.results, (rows) => tableOf(rows, colors)),
    "",
    verdictLine(report, colors),
  ];
  return `${lines.join("\n")}\n`;
}

type Colors = ReturnType<typeof createColors>;

/** Where budgets are from that are not the defaults. A file that repeats a default is no news. */
function budgetLines({ endpoints }: Plan): readonly string[] {
  const names = namesOf(endpoints);
  const said = endpoints.flatMap(({ budgets, budgetsFrom }, n) =>
    // Object.entries gives plain strings; these are budgets' names.
    (Object.entries(budgetsFrom) as [keyof Budgets, string][]).flatMap(([budget, from]) => {
      if (budgets[budget] === DEFAULT_BUDGETS[budget]) return [];
      const { name, threshold } = rowText({ endpoint: "", budget, value: 0, threshold: budgets[budget], passed: true });
      return { words: `${name} < ${threshold} (${from})`, endpoint: names[n] ?? "" };
    }),
  );
  const grouped = [...Map.groupBy(said, ({ words }) => words)];
  const words = grouped.map(([text, of]) =>
    of.length === endpoints.length ? text : `${text} for ${of.map(({ endpoint }) => endpoint).join(", ")}`,
  );
  return words.length === 0 ? [] : [`Budgets that are not the defaults: ${words.join("; ")}`];
}

interface Named {
  readonly name: string;
  readonly figures: ProbedEndpoint;
}

function endpointLines(report: ProbeReport, { name, figures }: Named, colors: Colors): readonly string[] {
  const { method = "", requests = 0, p50, failures } = figures;
  const title = name.startsWith(`${method} `) ? name : `${method} ${name}`;
  const rows = (report.results.budgets ?? []).filter(({ endpoint }) => endpoint === name);
  const counts = report.failureCounts[name] ?? [];
  return [
    `${colors.bold(title)}  ${requests} sent, ${failures} failed${p50 === 0 ? "" : `, p50 ${rowText({ ...NONE, value: p50 }).value}`}`,
    ...tableOf(rows, colors),
    ...counts.slice(0, SHOWN_FAILURES).map(({ words, count }) => colors.dim(`    ${count} x ${logText(words)}`)),
  ];
}

const NONE: BudgetRow = { endpoint: "", budget: "p95_ms", value: 0, threshold: 0, passed: true };

/** A column is as wide as its widest cell. */
function tableOf(rows: readonly BudgetRow[], colors: Colors): readonly string[] {
  const texts = rows.map((row) => ({ row, ...rowText(row) }));
  const width = (of: "name" | "value" | "threshold"): number => Math.max(0, ...texts.map((text) => text[of].length));
  const [names, values, thresholds] = [width("name"), width("value"), width("threshold")];
  return texts.map(({ row, name, value, threshold, note }) => {
    const cells = `${name.padEnd(names)}  ${value.padStart(values)} < ${threshold.padStart(thresholds)}`;
    const shown = row.judged === false ? "not judged: the ratio decides" : "";
    const words = [note, shown].filter((text) => text !== "").join("; ");
    return `  ${markOf(row, colors)} ${cells}${words === "" ? "" : `  ${colors.dim(words)}`}`;
  });
}

/** Without colours the words tell what the mark's colour would. */
function markOf({ passed, judged }: BudgetRow, colors: Colors): string {
  if (judged === false) return colors.dim("·     ");
  return passed ? colors.green("✓ pass") : colors.red("✗ FAIL");
}

function verdictLine({ results, verdict }: ProbeReport, colors: Colors): string {
  if (verdict.kind === "interrupted")
    return colors.yellow("Interrupted: the results are those of what was sent until then.");
  const rows = allRows(results).filter(({ judged }) => judged !== false);
  const failed = rows.filter(({ passed }) => !passed);
  return failed.length === 0
    ? colors.green(`Passed: all ${rows.length} budgets held.`)
    : colors.red(`Failed: ${failed.length} of ${rows.length} budgets did not hold.`);
}
