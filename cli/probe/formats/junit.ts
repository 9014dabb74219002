/** JUnit XML for CI: a suite per endpoint, a test case per budget. */
import { rowSentence, rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow, ProbeResults } from "../../../core/wire/api/probes.ts";
import { allowedInXml, type JunitCase, type JunitSuite, junitDocument, junitSuite } from "../../junit.ts";
import type { ProbeReport } from "../report.ts";

/** Ends with a line break. */
export function probeJunit(report: ProbeReport): string {
  const { results } = report;
  const suites = [
    ...Object.keys(results.endpoints).map((name) => suiteOf(report, name)),
    ...loadSuites(results),
    ...runSuite(report),
  ];
  return junitDocument(`shadow-infra probe: ${results.base_url}`, suites);
}

function suiteOf(report: ProbeReport, name: string): JunitSuite {
  const rows = (report.results.budgets ?? []).filter(({ endpoint }) => endpoint === name);
  const failures = (report.failureCounts[name] ?? []).map(({ words, count }) => `${count} x ${words}`).join("\n");
  return junitSuite(
    name,
    rows.map((row) => caseOf(row, failures)),
    report.results.timestamp,
  );
}

/** The judged step of each endpoint under load. */
function loadSuites({ load_summary: summary = {}, timestamp }: ProbeResults): readonly JunitSuite[] {
  return Object.entries(summary).map(([name, { budgets, judged_at: at }]) =>
    junitSuite(
      `${name}, ${at} at a time`,
      budgets.map((row) => caseOf(row, "")),
      timestamp,
    ),
  );
}

function caseOf(row: BudgetRow, failures: string): JunitCase {
  const { name, threshold } = rowText(row);
  const head = { "@name": allowedInXml(`${name} < ${threshold}`), "@classname": allowedInXml(row.endpoint) };
  const message = allowedInXml(rowSentence(row));
  if (row.judged === false) return { ...head, skipped: { "@message": `${message}; the ratio decides` } };
  if (row.passed) return head;
  const text = row.budget === "failure_rate" && failures !== "" ? { "#text": allowedInXml(failures) } : {};
  return { ...head, failure: { "@message": message, ...text } };
}

/** A run that could not be made, or not to its end, is no success. */
function runSuite({ verdict, results }: ProbeReport): readonly JunitSuite[] {
  if (verdict.kind === "passed" || verdict.kind === "failed") return [];
  const message = verdict.kind === "unreachable" ? verdict.sentence : "The run was interrupted.";
  const one = {
    "@name": "run",
    "@classname": allowedInXml(results.base_url),
    error: { "@message": allowedInXml(message) },
  };
  return [junitSuite("run", [one], results.timestamp)];
}
