import { expect, test } from "vitest";
import { rowSentence, rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow } from "../../../core/wire/api/probes.ts";

const row = (budget: BudgetRow["budget"], value: number, threshold: number): BudgetRow => ({
  endpoint: "/a",
  budget,
  value,
  threshold,
  passed: value < threshold,
});

test("says a threshold as it was chosen, however small", () => {
  expect(rowText(row("p95_ms", 12.345, 0.001))).toMatchObject({ value: "12.35 ms", threshold: "0.001 ms" });
  expect(rowText(row("failure_rate", 0.000_03, 0.000_01))).toMatchObject({ value: "0.003 %", threshold: "0.001 %" });
});

test("tells a value that is nearly its threshold from it, on either side", () => {
  expect(rowText(row("p95_ms", 74.999, 75))).toMatchObject({ value: "74.999 ms", threshold: "75 ms" });
  expect(rowText(row("p95_ms", 75, 75.001))).toMatchObject({ value: "75 ms", threshold: "75.001 ms" });
  expect(rowText(row("failure_rate", 0.069_999, 0.07))).toMatchObject({ value: "6.9999 %", threshold: "7 %" });
});

test("says a row as one sentence with its note", () => {
  expect(rowSentence({ ...row("p95_ms", 81.2, 75), note: "max of 20" })).toBe(
    "p95 is 81.2 ms and has to stay under 75 ms (max of 20)",
  );
  expect(rowSentence(row("failure_rate", 0.5, 0.05))).toBe("failures are 50 % and have to stay under 5 %");
});
