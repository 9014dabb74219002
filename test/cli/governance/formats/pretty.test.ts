/** The report for people: which exceptions it lists. What it says of violations is shown by the tests of the command. */
import { expect, test } from "vitest";
import { pretty } from "../../../../cli/governance/formats/pretty.ts";
import type { Report } from "../../../../cli/governance/report.ts";
import type { ExceptionOutcome } from "../../../../core/governance/exceptions.ts";
import { reportOf } from "./reports.ts";

function outcome(state: ExceptionOutcome["state"], path: string): ExceptionOutcome {
  return { exception: { rule: 8, path, reason: "An example", expires: "2027-01-31" }, state, covers: 2 };
}

function linesOf(scope: Report["scope"]): string {
  const exceptions = [outcome("used", "a.ts"), outcome("unused", "b.ts"), outcome("expired", "c.ts")];
  return pretty(reportOf({ scope, exceptions, exitCode: 0 }), false);
}

test.each(["change", "staged"] as const)("of a %s it lists the exceptions that matter to it", (scope) => {
  expect(linesOf(scope)).toContain("  rule 8, a.ts, until 2027-01-31: An example (covers 2)");
  expect(linesOf(scope)).toContain("c.ts, until 2027-01-31: An example (EXPIRED)");
  expect(linesOf(scope)).not.toContain("b.ts");
});

test("of all files it lists those that cover nothing any more, too", () => {
  expect(linesOf("all")).toContain("b.ts, until 2027-01-31: An example (covers nothing here)");
});
