/** JUnit XML for CI: a suite per route, a test case per drift; a route without drift is one test that passed. */
import XMLBuilder from "fast-xml-builder";
import type { Drift } from "../drifts.ts";
import { countingDrifts, type FailOn, type Format, headline, type Report } from "../report.ts";
import { type Counts, worstOf } from "../summary.ts";

interface TestCase {
  readonly "@name": string;
  readonly "@classname": string;
  readonly failure?: Problem;
  readonly error?: Problem;
  readonly skipped?: Problem;
  readonly "system-out"?: string;
}

interface Problem {
  readonly "@message": string;
  readonly "#text"?: string;
}

interface Suite {
  readonly "@name": string;
  readonly "@tests": number;
  readonly "@failures": number;
  readonly "@errors": number;
  readonly "@skipped": number;
  readonly testcase: readonly TestCase[];
}

/** `failOn` as the command was told; a drift that does not make it fail is a test that passed, and says so. */
export function junit(failOn: FailOn): Format {
  return { end: (report, write) => write(xmlOf(report, failOn)) };
}

function xmlOf(report: Report, failOn: FailOn): string {
  const suites = suitesOf(report, failOn);
  const sum = (key: "@tests" | "@failures" | "@errors" | "@skipped") =>
    suites.reduce((total, suite) => total + suite[key], 0);
  const root = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      "@name": `shadow-infra compare: ${allowed(headline(report))}`,
      "@tests": sum("@tests"),
      "@failures": sum("@failures"),
      "@errors": sum("@errors"),
      "@skipped": sum("@skipped"),
      testsuite: suites,
    },
  };
  return `${BUILDER.build(root).trimEnd()}\n`;
}

const BUILDER = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true, indentBy: " " });

function suitesOf(report: Report, failOn: FailOn): readonly Suite[] {
  const drifts = Map.groupBy(countingDrifts(report), ({ route }) => route);
  const { routes, malformed, judged } = report.summary;
  const cases = (route: string, counts: Counts): readonly TestCase[] => [
    ...(drifts.get(route) ?? []).map((drift) => caseOf(drift, failOn)),
    ...undecidedCase(route, counts),
    ...(worstOf(counts) === "Safe" ? [{ "@name": "answers as before", "@classname": allowed(route) }] : []),
  ];
  return [
    ...[...routes]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([route, counts]) => suiteOf(route, cases(route, counts))),
    ...inputSuite(malformed, judged),
  ];
}

function suiteOf(name: string, testcase: readonly TestCase[]): Suite {
  return {
    "@name": allowed(name),
    "@tests": testcase.length,
    "@failures": testcase.filter(({ failure }) => failure !== undefined).length,
    "@errors": testcase.filter(({ error }) => error !== undefined).length,
    "@skipped": testcase.filter(({ skipped }) => skipped !== undefined).length,
    testcase,
  };
}

function caseOf(drift: Drift, failOn: FailOn): TestCase {
  const { severity, rule, pattern, reason, route } = drift;
  const head = { "@name": allowed(`${rule} ${pattern}`), "@classname": allowed(route) };
  const message = allowed(`${severity}: ${reason}`);
  if (severity === "Critical" || severity === failOn)
    return { ...head, failure: { "@message": message, "#text": allowed(evidenceOf(drift)) } };
  return { ...head, "system-out": allowed(`${message}\n${evidenceOf(drift)}`) };
}

function evidenceOf({ signature, pairs, examples }: Drift): string {
  const shown = examples.map(({ id, method, path, at, reference, shadow }) => {
    const values =
      reference === null && shadow === null ? "" : `: ${reference ?? "absent"} became ${shadow ?? "absent"}`;
    return `${method} ${path} (pair ${id}) ${at}${values}`;
  });
  return [`signature ${signature}, pairs ${pairs}`, ...shown].join("\n");
}

/** What could not be decided is no success. */
function undecidedCase(route: string, { Undecided }: Counts): readonly TestCase[] {
  if (Undecided === 0) return [];
  const message = `${Undecided} pairs could not be decided`;
  return [{ "@name": "undecided", "@classname": allowed(route), skipped: { "@message": message } }];
}

function inputSuite(malformed: number, judged: number): readonly Suite[] {
  const problems = [
    ...(malformed > 0 ? [`${malformed} lines are no recorded pairs`] : []),
    ...(judged === 0 ? ["nothing could be judged"] : []),
  ];
  if (problems.length === 0) return [];
  const cases = problems.map((message) => ({
    "@name": message,
    "@classname": "input",
    error: { "@message": message },
  }));
  return [suiteOf("input", cases)];
}

/** Only characters that XML 1.0 allows (section 2.2); the builder escapes the rest. */
function allowed(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}
