/** The first place that says a budget decides it, and is named. */
import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../../core/probe/budgets.ts";
import { chooseBudgets } from "../../../core/probe/choose-budgets.ts";

describe("budgets", () => {
  it("are the defaults where nobody says one, and then nobody is named", () => {
    expect(chooseBudgets([{ from: "probe.json", budgets: {} }])).toEqual({ budgets: DEFAULT_BUDGETS, from: {} });
  });

  it("are each of the first place that says it, 0 included", () => {
    const places = [
      { from: { p95_ms: "--p95-threshold" }, budgets: { p95_ms: 10, failure_rate: undefined } },
      { from: "probe.json", budgets: { p95_ms: 20, failure_rate: 0 } },
      { from: ".shadow-infra.yml", budgets: { size_kb: 30, failure_rate: 0.5 } },
    ];
    expect(chooseBudgets(places)).toEqual({
      budgets: { p95_ms: 10, p99_ms: 120, size_kb: 30, failure_rate: 0 },
      from: { p95_ms: "--p95-threshold", size_kb: ".shadow-infra.yml", failure_rate: "probe.json" },
    });
  });
});
