/** Budgets at their boundary, and what a row says of a value that is none. */
import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../../core/probe/budgets.ts";
import { measured } from "../../../core/probe/figures.ts";
import { budgetRows, isWithin } from "../../../core/probe/rows.ts";
import { rowSentence, rowText } from "../../../core/probe/rows-text.ts";
import type { BudgetRow } from "../../../core/wire/api/probes.ts";
import { bad, good, times } from "./samples.ts";

const rowsOf = (...samples: Parameters<typeof measured>[1]): readonly BudgetRow[] =>
  budgetRows("/x", measured("GET", samples), DEFAULT_BUDGETS);
const passedOf = (budget: BudgetRow["budget"], rows: readonly BudgetRow[]) =>
  rows.find((row) => row.budget === budget)?.passed;

describe("a budget", () => {
  it.each([
    [74.999, true],
    [75, false],
    [75.001, false],
  ])("of 75 ms with a p95 of %d ms: %s", (ms, passed) => {
    expect(passedOf("p95_ms", rowsOf(...times(200, () => good(ms))))).toBe(passed);
  });

  it.each([
    [119.999, true],
    [120, false],
    [120.001, false],
  ])("of 120 ms with a p99 of %d ms: %s", (ms, passed) => {
    expect(passedOf("p99_ms", rowsOf(...times(200, () => good(ms))))).toBe(passed);
  });

  it("of 25 KB holds one byte below in one of 200 answers, and not at 25,600 bytes", () => {
    const all = (first: number) => rowsOf(...times(200, (n) => good(1, n === 0 ? first : 25_600)));
    expect([passedOf("size_kb", all(25_599)), passedOf("size_kb", all(25_600))]).toEqual([true, false]);
  });

  it("of 25 KB judges the mean: a single huge answer is shown", () => {
    const row = rowsOf(...times(200, (n) => good(1, n === 0 ? 1_048_576 : 1_024))).find(
      ({ budget }) => budget === "size_kb",
    );
    expect([row?.passed, row?.note]).toEqual([true, "mean; max 1024 KB"]);
  });

  it("of 5 % holds with 9 failures of 200, and not with 10", () => {
    const all = (failures: number) => rowsOf(...times(200, (n) => (n < failures ? bad("status-503") : good(1))));
    expect([passedOf("failure_rate", all(9)), passedOf("failure_rate", all(10))]).toEqual([true, false]);
  });

  it("of no failures at all can be kept, and broken by one", () => {
    expect([isWithin(0, 0), isWithin(0.005, 0)]).toEqual([true, false]);
  });
});

describe("a row", () => {
  it("says that the 99th percentile of 20 is their maximum, and is judged", () => {
    const row = rowsOf(...times(20, (n) => good(n === 19 ? 500 : 5))).find(({ budget }) => budget === "p99_ms");
    expect(row).toMatchObject({ value: 500, passed: false, note: "max of 20" });
  });

  it("names the reasons of failures with their counts", () => {
    const rows = rowsOf(...times(100, () => good(1)), bad("timeout", 10_000), bad("status-500"), bad("status-500"));
    expect(rows.at(-1)?.note).toBe("status-500 2, timeout 1");
  });

  it("never passes where nothing was measured, not even for the failures", () => {
    expect(rowsOf().map(({ passed, note }) => [passed, note])).toEqual(
      Array.from({ length: 4 }, () => [false, "nothing was measured"]),
    );
    expect(rowSentence(rowsOf()[0] as BudgetRow)).toBe("p95: nothing was measured, and it has to stay under 75 ms");
  });

  it("never reads as if it equalled a threshold that it does not", () => {
    const text = (value: number) =>
      rowText({ endpoint: "/x", budget: "p95_ms", value, threshold: 75, passed: value < 75 });
    expect([text(74.999).value, text(75).value, text(75.001).value]).toEqual(["74.999 ms", "75 ms", "75.001 ms"]);
  });
});
