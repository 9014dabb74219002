import { expect, test } from "vitest";
import { clamp, rank, type Severity, type Verdict, worst } from "../../../core/verdict/severity.ts";

test.each<[readonly Verdict[], Verdict]>([
  [[], "Safe"],
  [["Safe", "Undecided"], "Undecided"],
  [["Warning", "Undecided"], "Warning"],
  [["Warning", "Critical", "Safe"], "Critical"],
])("of %j the worst is %s", (verdicts, expected) => {
  expect(worst(verdicts)).toBe(expected);
});

test("verdicts rank from Safe to Critical", () => {
  const verdicts: readonly Verdict[] = ["Safe", "Undecided", "Warning", "Critical"];
  expect(verdicts.map(rank)).toEqual([0, 1, 2, 3]);
});

test.each<[Severity, Severity, Severity, Severity]>([
  ["Safe", "Warning", "Critical", "Warning"],
  ["Critical", "Safe", "Warning", "Warning"],
  ["Warning", "Safe", "Critical", "Warning"],
  ["Safe", "Critical", "Critical", "Critical"],
])("%s between %s and %s is %s", (severity, floor, ceiling, expected) => {
  expect(clamp(severity, floor, ceiling)).toBe(expected);
});
