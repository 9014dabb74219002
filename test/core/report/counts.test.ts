import { expect, test } from "vitest";
import { countVerdicts, verdictOfCounts } from "../../../core/report/counts.ts";
import { NO_DECISIONS } from "../../../core/report/standing.ts";
import type { Verdict } from "../../../core/verdict/severity.ts";

function counted(...verdicts: readonly Verdict[]) {
  return countVerdicts(
    verdicts.map((verdict) => ({ verdict, signatures: "[]", pairs: 10 })),
    NO_DECISIONS,
    3,
  );
}

test("every pair is counted under exactly one verdict", () => {
  const counts = counted("Safe", "Safe", "Undecided", "Warning", "Critical");
  expect(counts).toEqual({ pairs: 50, safe: 20, undecided: 10, warning: 10, critical: 10, shadowFailed: 3 });
});

test("the verdict of many pairs is the worst that occurs", () => {
  expect(verdictOfCounts(counted("Safe", "Undecided"))).toBe("Undecided");
  expect(verdictOfCounts(counted("Critical", "Safe", "Warning"))).toBe("Critical");
  expect(verdictOfCounts(counted("Safe"))).toBe("Safe");
});

test("no pairs are no verdict, least of all Safe", () => {
  expect(verdictOfCounts(counted())).toBeNull();
});
