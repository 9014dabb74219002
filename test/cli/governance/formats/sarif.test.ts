/** SARIF as code scanning needs it: what one hit is called stays the same while lines move, and what was not judged is said. */
import { expect, test } from "vitest";
import { z } from "zod";
import { sarif } from "../../../../cli/governance/formats/sarif.ts";
import type { Report } from "../../../../cli/governance/report.ts";
import type { Violation } from "../../../../core/governance/violation.ts";
import { violation as plainViolation, reportOf } from "./reports.ts";
import { sarifFaults } from "./sarif-faults.ts";

const LogSchema = z.object({
  runs: z.tuple([
    z.object({
      invocations: z.tuple([
        z.object({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })),
        }),
      ]),
      results: z.array(
        z.looseObject({
          level: z.string(),
          partialFingerprints: z.record(z.string(), z.string()),
          locations: z.tuple([z.object({ physicalLocation: z.unknown() })]),
        }),
      ),
    }),
  ]),
});

const violation = (more: Partial<Violation> = {}): Violation =>
  plainViolation({ path: "src/a b#1/ü.ts", column: null, ...more });

function runOf(violations: readonly Violation[], more: Partial<Report> = {}) {
  const text = sarif(reportOf({ subject: "1 file in 1 commit", violations, ...more }));
  expect(sarifFaults(text)).toEqual([]);
  return LogSchema.parse(JSON.parse(text)).runs[0];
}

test("the schema that every log is held against refuses what is none", () => {
  const log = (more: object) =>
    JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } } }], ...more });
  expect(sarifFaults(log({}))).toEqual([]);
  expect(sarifFaults(log({ version: "2.0.0" }))).not.toEqual([]);
  expect(sarifFaults(log({ runs: [{ tool: {} }] }))).not.toEqual([]);
  const result = { message: { text: "x" }, level: "grave" };
  expect(sarifFaults(log({ runs: [{ tool: { driver: { name: "x" } }, results: [result] }] }))).not.toEqual([]);
});

const prints = (violations: readonly Violation[]) =>
  runOf(violations).results.map(({ partialFingerprints }) => Object.values(partialFingerprints).join());

test("a fingerprint is the same when lines move, another for another hit, and no two of one run are equal", () => {
  const [first = ""] = prints([violation()]);
  expect(prints([violation({ line: 90, column: 2 })])).toEqual([first]);
  expect(prints([violation({ subject: "token" })])).not.toEqual([first]);
  const both = prints([violation(), violation({ line: 9 })]);
  expect(both[0]).toBe(first);
  expect(new Set(both).size).toBe(2);
});

test("only what blocks, or would without its exception, is an error", () => {
  const warns = violation({ enforcement: "WARN" });
  const excepted = violation({ exception: { reason: "An example", expires: "2026-12-31" } });
  const levels = runOf([violation(), warns, excepted]).results.map(({ level }) => level);
  expect(levels).toEqual(["error", "warning", "error"]);
});

test("places are escaped; what belongs to no file is shown at the rules", () => {
  const places = runOf([violation(), violation({ path: null, line: null })]).results.map(
    ({ locations: [{ physicalLocation }] }) => physicalLocation,
  );
  expect(places).toEqual([
    { artifactLocation: { uri: "src/a%20b%231/%C3%BC.ts", uriBaseId: "SRCROOT" }, region: { startLine: 3 } },
    { artifactLocation: { uri: ".shadow-infra/governance.json", uriBaseId: "SRCROOT" }, region: { startLine: 1 } },
  ]);
});

test("a rule that could not be judged is a notification, and the run no success", () => {
  const outcomes = [
    { ruleId: "7", title: "Owners", state: "not-judged", reason: "no network", because: "unreachable" },
  ] as const;
  const [invocation] = runOf([], { outcomes, notes: ["a note"], exitCode: 3 }).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  expect(invocation.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
    "a note",
    "rule 7 was not judged, or only in part: no network",
  ]);
});
