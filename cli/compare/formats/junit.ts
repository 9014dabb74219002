/** JUnit XML for CI: a suite per route, a test case per drift; a route without drift is one test that passed. */
import { allowedInXml, type JunitCase, type JunitSuite, junitDocument, junitSuite } from "../../junit.ts";
import type { Drift } from "../drifts.ts";
import { countingDrifts, type FailOn, type Format, headline, type Report } from "../report.ts";
import { type Counts, worstOf } from "../summary.ts";

/** `failOn` as the command was told; a drift that does not make it fail is a test that passed, and says so. */
export function junit(failOn: FailOn): Format {
  return { end: (report, write) => write(xmlOf(report, failOn)) };
}

function xmlOf(report: Report, failOn: FailOn): string {
  return junitDocument(`shadow-infra compare: ${headline(report)}`, suitesOf(report, failOn));
}

function suitesOf(report: Report, failOn: FailOn): readonly JunitSuite[] {
  const drifts = Map.groupBy(countingDrifts(report), ({ route }) => route);
  const { routes, malformed, judged } = report.summary;
  const cases = (route: string, counts: Counts): readonly JunitCase[] => [
    ...(drifts.get(route) ?? []).map((drift) => caseOf(drift, failOn)),
    ...undecidedCase(route, counts),
    ...(worstOf(counts) === "Safe" ? [{ "@name": "answers as before", "@classname": allowedInXml(route) }] : []),
  ];
  return [
    ...[...routes]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([route, counts]) => junitSuite(route, cases(route, counts))),
    ...inputSuite(malformed, judged),
  ];
}

function caseOf(drift: Drift, failOn: FailOn): JunitCase {
  const { severity, rule, pattern, reason, route } = drift;
  const head = { "@name": allowedInXml(`${rule} ${pattern}`), "@classname": allowedInXml(route) };
  const message = allowedInXml(`${severity}: ${reason}`);
  if (severity === "Critical" || severity === failOn)
    return { ...head, failure: { "@message": message, "#text": allowedInXml(evidenceOf(drift)) } };
  return { ...head, "system-out": allowedInXml(`${message}\n${evidenceOf(drift)}`) };
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
function undecidedCase(route: string, { Undecided }: Counts): readonly JunitCase[] {
  if (Undecided === 0) return [];
  const message = `${Undecided} pairs could not be decided`;
  return [{ "@name": "undecided", "@classname": allowedInXml(route), skipped: { "@message": message } }];
}

function inputSuite(malformed: number, judged: number): readonly JunitSuite[] {
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
  return [junitSuite("input", cases)];
}
