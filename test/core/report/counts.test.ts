import { expect, test } from "vitest";
import { countVerdicts, verdictOfCounts } from "../../../core/report/counts.ts";
import { NO_DECISIONS } from "../../../core/report/standing.ts";
import type { Verdict } from "../../../core/verdict/severity.ts";

function counted(...verdicts: readonly Verdict[]) {
  return countVerdicts(
    verdicts.map((verdict) => ({ verdict, signatures: "[]", pairs: 10 })),
    NO_DECISIONS,
    { shadowFailed: 3, equalWithoutRow: 0 },
  );
}

test("every pair is counted under exactly one verdict", () => {
  const counts = counted("Safe", "Safe", "Undecided", "Warning", "Critical");
  expect(counts).toEqual({ pairs: 50, safe: 20, undecided: 10, warning: 10, critical: 10, shadowFailed: 3 });
});

test("byte-equal pairs without a row are Safe pairs, and alone they are a verdict", () => {
  const apart = { shadowFailed: 0, equalWithoutRow: 900 };
  const counts = countVerdicts([{ verdict: "Warning", signatures: "[]", pairs: 4 }], NO_DECISIONS, apart);
  expect(counts).toEqual({ pairs: 904, safe: 900, undecided: 0, warning: 4, critical: 0, shadowFailed: 0 });
  expect(verdictOfCounts(countVerdicts([], NO_DECISIONS, apart))).toBe("Safe");
});

test("the verdict of many pairs is the worst that occurs", () => {
  expect(verdictOfCounts(counted("Safe", "Undecided"))).toBe("Undecided");
  expect(verdictOfCounts(counted("Critical", "Safe", "Warning"))).toBe("Critical");
  expect(verdictOfCounts(counted("Safe"))).toBe("Safe");
});

test("no pairs are no verdict, least of all Safe", () => {
  expect(verdictOfCounts(counted())).toBeNull();
});
