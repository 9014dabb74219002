/** JUnit XML for CI: a suite per endpoint, a test case per budget. */
import XMLBuilder from "fast-xml-builder";
import { rowSentence, rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow, ProbeResults } from "../../../core/wire/api/probes.ts";
import type { ProbeReport } from "../report.ts";

const BUILDER = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true, indentBy: " " });

/** Ends with a line break. */
export function probeJunit(report: ProbeReport): string {
  const { results } = report;
  const suites = [
    ...Object.keys(results.endpoints).map((name) => suiteOf(report, name)),
    ...loadSuites(results),
    ...runSuite(report),
  ];
  const sum = (key: "@tests" | "@failures" | "@errors" | "@skipped"): number =>
    suites.reduce((total, suite) => total + suite[key], 0);
  const root = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      "@name": allowed(`shadow-infra probe: ${results.base_url}`),
      "@tests": sum("@tests"),
      "@failures": sum("@failures"),
      "@errors": sum("@errors"),
      "@skipped": sum("@skipped"),
      testsuite: suites,
    },
  };
  return `${BUILDER.build(root).trimEnd()}\n`;
}

interface TestCase {
  readonly "@name": string;
  readonly "@classname": string;
  readonly failure?: { readonly "@message": string; readonly "#text"?: string };
  readonly error?: { readonly "@message": string };
  readonly skipped?: { readonly "@message": string };
}

interface Suite {
  readonly "@name": string;
  readonly "@timestamp": string;
  readonly "@tests": number;
  readonly "@failures": number;
  readonly "@errors": number;
  readonly "@skipped": number;
  readonly testcase: readonly TestCase[];
}

function suiteOf(report: ProbeReport, name: string): Suite {
  const rows = (report.results.budgets ?? []).filter(({ endpoint }) => endpoint === name);
  const faults = (report.faults[name] ?? []).map(({ words, count }) => `${count} x ${words}`).join("\n");
  return suiteWith(
    name,
    rows.map((row) => caseOf(row, faults)),
    report.results.timestamp,
  );
}

/** The judged step of each endpoint under load. */
function loadSuites({ load_summary: summary = {}, timestamp }: ProbeResults): readonly Suite[] {
  return Object.entries(summary).map(([name, { budgets, judged_at: at }]) =>
    suiteWith(
      `${name}, ${at} at a time`,
      budgets.map((row) => caseOf(row, "")),
      timestamp,
    ),
  );
}

function caseOf(row: BudgetRow, faults: string): TestCase {
  const { name, threshold } = rowText(row);
  const head = { "@name": allowed(`${name} < ${threshold}`), "@classname": allowed(row.endpoint) };
  const message = allowed(rowSentence(row));
  if (row.judged === false) return { ...head, skipped: { "@message": `${message}; the ratio decides` } };
  if (row.passed) return head;
  const text = row.budget === "failure_rate" && faults !== "" ? { "#text": allowed(faults) } : {};
  return { ...head, failure: { "@message": message, ...text } };
}

/** A run that could not be made, or not to its end, is no success. */
function runSuite({ verdict, results }: ProbeReport): readonly Suite[] {
  if (verdict.kind === "passed" || verdict.kind === "failed") return [];
  const message = verdict.kind === "unreachable" ? verdict.sentence : "The run was interrupted.";
  const one = { "@name": "run", "@classname": allowed(results.base_url), error: { "@message": allowed(message) } };
  return [suiteWith("run", [one], results.timestamp)];
}

function suiteWith(name: string, testcase: readonly TestCase[], timestamp: string): Suite {
  return {
    "@name": allowed(name),
    "@timestamp": timestamp,
    "@tests": testcase.length,
    "@failures": testcase.filter(({ failure }) => failure !== undefined).length,
    "@errors": testcase.filter(({ error }) => error !== undefined).length,
    "@skipped": testcase.filter(({ skipped }) => skipped !== undefined).length,
    testcase,
  };
}

/** Only characters that XML 1.0 allows (section 2.2); the builder escapes the rest. */
function allowed(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
