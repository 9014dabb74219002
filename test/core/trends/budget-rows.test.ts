/** What a sender says of its own results, judged again. */
import { expect, test } from "vitest";
import { judgeResults } from "../../../core/trends/budget-rows.ts";
import type { ProbeResults } from "../../../core/wire/api/probes.ts";
import { budgetRows, ENDPOINT, figures } from "./runs.ts";

function results(p95: number, more: Partial<ProbeResults> = {}): ProbeResults {
  const own = figures(p95);
  const timestamp = "2026-11-20T12:00:00Z";
  return { timestamp, base_url: "http://localhost", iterations: 20, endpoints: { [ENDPOINT]: own }, ...more };
}
const given = (p95: number) => [...budgetRows(figures(p95))];

test.each<[string, ProbeResults, boolean]>([
  ["below every budget", results(50, { budgets: given(50) }), true],
  ["at the threshold", results(100, { budgets: given(100) }), false],
  [
    "at the threshold, said to pass",
    results(1, { budgets: given(100).map((row) => ({ ...row, passed: true })) }),
    false,
  ],
  [
    "below, but failed by the sender",
    results(50, { budgets: given(50).map((row) => ({ ...row, passed: false })) }),
    false,
  ],
  ["below, but failed as a whole", results(50, { budgets: given(50), passed: false }), false],
  [
    "over, but only shown",
    results(50, { budgets: given(150).map((row) => ({ ...row, judged: false as const })) }),
    true,
  ],
  ["without rows, below the default budgets", results(74.9), true],
  ["without rows, at a default budget", results(75), false],
  [
    "no failure where none is allowed",
    results(50, { budgets: [{ endpoint: ENDPOINT, budget: "failure_rate", value: 0, threshold: 0, passed: true }] }),
    true,
  ],
  [
    "a ratio over its limit whose interval is not",
    results(50, { budgets: [{ endpoint: ENDPOINT, budget: "ratio_p95", value: 1.4, threshold: 1.25, passed: true }] }),
    true,
  ],
  [
    "a ratio that its sender failed",
    results(50, { budgets: [{ endpoint: ENDPOINT, budget: "ratio_p99", value: 1.6, threshold: 1.25, passed: false }] }),
    false,
  ],
])("%s", (_, sent, passed) => {
  expect(judgeResults(sent).passed).toBe(passed);
});
