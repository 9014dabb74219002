/** One report in every format: the same facts, nothing that a stranger's file name could break, nothing left out in silence. */
import { describe, expect, test } from "vitest";
import { github } from "../../../cli/governance/formats/github.ts";
import { json } from "../../../cli/governance/formats/json.ts";
import { pretty } from "../../../cli/governance/formats/pretty.ts";
import { sarif } from "../../../cli/governance/formats/sarif.ts";
import type { Report } from "../../../cli/governance/report.ts";
import { GovernanceFileSchema } from "../../../core/governance/rules.ts";
import type { Violation } from "../../../core/governance/violation.ts";
import { ruleWith } from "../../core/governance/given.ts";
import { reportOf as plainReport, violation as plainViolation } from "./formats/reports.ts";

const { rules } = GovernanceFileSchema.parse({
  version: 1,
  rules: [
    ruleWith([{ kind: "secrets" }], {
      id: 8,
      category: "SECURITY",
      title: "No secrets",
      severity: "CRITICAL",
      owner: "@o/security",
    }),
    ruleWith([{ kind: "commit-tags", pattern: "x" }], {
      id: 5,
      title: "Tags",
      severity: "WARNING",
      enforcement: "WARN",
    }),
  ],
});

const violation = (more: Partial<Violation> = {}): Violation =>
  plainViolation({ path: "src/a b,c:d.ts", owner: "@o/security", ...more });

const WARNING = violation({
  ruleId: "5",
  title: "Tags",
  level: "WARNING",
  enforcement: "WARN",
  path: null,
  line: null,
  column: null,
  message: 'commit 1 "50% done\n::error::x"',
});
const EXCEPTED = violation({ path: "docs/a.md", exception: { reason: "An example", expires: "2026-12-31" } });

function reportOf(violations: readonly Violation[], more: Partial<Report> = {}): Report {
  return plainReport({
    rules,
    outcomes: [
      { ruleId: "8", title: "No secrets", state: "failed", reason: null, because: null },
      { ruleId: "5", title: "Tags", state: "warned", reason: "in part", because: null },
    ],
    violations,
    exceptions: [
      {
        exception: { rule: 8, path: "docs/**", reason: "An example", expires: "2026-12-31" },
        state: "used",
        covers: 1,
      },
    ],
    notes: ["big.json was not read"],
    ...more,
  });
}

const REPORT = reportOf([violation(), WARNING, EXCEPTED]);

describe("pretty", () => {
  test("groups by rule, with place, hint, exceptions, notes and one last line", () => {
    expect(pretty(REPORT, false)).toBe(`Governance of 2 files in 1 commit, by .shadow-infra/governance.json
✗  8 No secrets (CRITICAL)
    src/a b,c:d.ts:3:7: a key is written into the file
      Replace it.
!  5 Tags (WARNING): in part not judged: in part
    commit 1 "50% done ::error::x"
      Replace it.

Exceptions
  rule 8, docs/**, until 2026-12-31: An example (covers 1)

Notes
  big.json was not read

Governance failed: 1 violation blocks, 1 warning, 1 excepted, 1 of 2 rules not judged or only in part.
`);
  });

  test("lets no name move the cursor, and colours only where that is seen", () => {
    const text = pretty(reportOf([violation({ path: "a\u001b[2Jb\u202e\r.ts" })]), false);
    expect(text).toContain(String.raw`a\u{1b}[2Jb\u{202e}\u{d}.ts`);
    expect(text).not.toMatch(/\u001b/);
    expect(pretty(REPORT, true)).toMatch(/\u001b\[/);
  });

  test("says once what to do about several", () => {
    const text = pretty(reportOf([violation(), violation({ line: 4 }), violation({ line: 5, hint: "Other." })]), false);
    expect(text.match(/Replace it\./g)).toHaveLength(1);
    expect(text).toContain("ts:4:7: a key is written into the file\n      Replace it.\n    src");
  });

  test("counts what it does not show", () => {
    const text = pretty(reportOf(Array.from({ length: 60 }, () => violation())), false);
    expect(text).toContain("and 10 more");
    expect(text).toContain("60 violations block");
  });
});

describe("github", () => {
  test("ends with what people read, so that a step that passed says so", () => {
    const passed = reportOf([], { exitCode: 0, outcomes: [], exceptions: [], notes: [] });
    expect(github(passed)).toBe(pretty(passed, false));
    expect(github(REPORT).endsWith(`\n${pretty(REPORT, false)}`)).toBe(true);
  });

  test("escapes what has a meaning to the runner", () => {
    const [error, warning] = github(REPORT).split("\n");
    expect(error).toBe(
      "::error file=src/a b%2Cc%3Ad.ts,line=3,col=7,title=Rule 8%3A No secrets (CRITICAL)::a key is written into the file. Replace it.",
    );
    expect(warning).toBe('::warning title=Rule 5%3A Tags (WARNING)::commit 1 "50%25 done%0A::error::x". Replace it.');
  });

  test("keeps to ten errors and counts the rest", () => {
    const errors = github(reportOf(Array.from({ length: 14 }, () => violation())))
      .split("\n")
      .filter((line) => line.startsWith("::error"));
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toContain("and 5 more");
  });

  test("says what could not be decided as an error, and exceptions as notices", () => {
    const outcomes = [
      { ruleId: "8", title: "x", state: "not-judged", reason: "no network", because: "unreachable" },
    ] as const;
    const text = github(reportOf([], { exitCode: 3, outcomes }));
    expect(text).toContain("::error title=Governance::A rule that blocks could not be judged: rule 8: no network");
    expect(text).toContain("::notice title=Exception of rule 8::docs/** until 2026-12-31: An example (used, 1)");
  });
});

test("json has the whole report, without the settings of the checks", () => {
  const read: unknown = JSON.parse(json(REPORT));
  expect(read).toMatchObject({
    schemaVersion: 1,
    passed: false,
    exitCode: 1,
    outcomes: REPORT.outcomes,
    violations: REPORT.violations,
    rules: [{ id: 8, checks: ["secrets"] }, { id: 5 }],
  });
});

describe("sarif", () => {
  const log = (report: Report) =>
    JSON.parse(sarif(report)) as {
      runs: [{ results: Record<string, unknown>[]; tool: { driver: { rules: unknown[] } } }];
    }; // its form is asserted below

  test("has rules with properties, levels, places below the root and suppressions", () => {
    const [run] = log(REPORT).runs;
    expect(run.tool.driver.rules).toMatchObject([
      {
        id: "rule-8",
        name: "Nosecrets",
        defaultConfiguration: { level: "error" },
        properties: {
          ruleLevel: "CRITICAL",
          enforcement: "CI_BLOCK",
          "security-severity": "9.5",
          owner: "@o/security",
        },
      },
      { id: "rule-5", defaultConfiguration: { level: "warning" } },
    ]);
    expect(run.results).toMatchObject([
      {
        ruleId: "rule-8",
        ruleIndex: 0,
        level: "error",
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "src/a%20b%2Cc%3Ad.ts", uriBaseId: "SRCROOT" },
              region: { startLine: 3, startColumn: 7 },
            },
          },
        ],
      },
      {
        ruleId: "rule-5",
        level: "warning",
        locations: [{ physicalLocation: { artifactLocation: { uri: ".shadow-infra/governance.json" } } }],
      },
      {
        ruleId: "rule-8",
        suppressions: [{ kind: "external", status: "accepted", justification: "An example (until 2026-12-31)" }],
      },
    ]);
  });

  test("tells equal results apart and keeps a print when lines move", () => {
    const prints = (report: Report) =>
      log(report).runs[0].results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    const two = prints(reportOf([violation(), violation({ line: 9 })]));
    expect(new Set(two).size).toBe(2);
    expect(prints(reportOf([violation({ line: 90 })]))[0]).toBe(two[0]);
  });
});
