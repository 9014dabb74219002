/** A violation and a report for tests of the formats, with nothing special about them. */
import type { Report } from "../../../../cli/governance/report.ts";
import type { Violation } from "../../../../core/governance/violation.ts";

export function violation(more: Partial<Violation> = {}): Violation {
  return {
    message: "a key is written into the file",
    hint: "Replace it.",
    path: "src/a.ts",
    line: 3,
    column: 7,
    subject: "key",
    onlyWarns: false,
    ruleId: "8",
    title: "No secrets",
    category: "SECURITY",
    level: "CRITICAL",
    enforcement: "CI_BLOCK",
    check: "secrets",
    owner: null,
    exception: null,
    ...more,
  };
}

export function reportOf(more: Partial<Report> = {}): Report {
  return {
    scope: "change",
    subject: "2 files in 1 commit",
    base: "b",
    head: "h",
    rulesPath: ".shadow-infra/governance.json",
    rules: [],
    outcomes: [],
    violations: [],
    exceptions: [],
    notes: [],
    exitCode: 1,
    ...more,
  };
}
