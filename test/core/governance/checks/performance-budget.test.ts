/** The results of the last probe against the budgets of a rule, and what is said where they are of another day. */
import { describe, expect, test } from "vitest";
import { performanceBudget } from "../../../../core/governance/checks/performance-budget.ts";
import { DEFAULT_BUDGETS } from "../../../../core/probe/budgets.ts";
import { changeOf } from "../given.ts";
import { inputOf } from "./input.ts";

const FIGURES = { p50: 10, p95: 74.99, p99: 119.99, avg_size_kb: 24.99, failures: 0, failure_rate: 0 };
const results = (figures: object) =>
  JSON.stringify({
    timestamp: "2026-01-02T03:04:05.000Z",
    base_url: "http://127.0.0.1:8000",
    iterations: 200,
    endpoints: { "/a": { ...FIGURES, ...figures } },
  });

const judged = (text: string | null, path?: string) =>
  performanceBudget(
    inputOf({ kind: "performance-budget", ...(path === undefined ? {} : { results: path }) }, changeOf([]), {
      rule: { budgets: DEFAULT_BUDGETS },
      readResult: () => text,
    }),
  );

describe("the results of a probe", () => {
  test("hold while each value is under its budget", async () => {
    expect(await judged(results({}))).toEqual([]);
  });

  test.each([
    ["p95", { p95: 75 }, "p95 75 ms, which has to be under 75 ms"],
    ["p99", { p99: 120 }, "p99 120 ms, which has to be under 120 ms"],
    ["size", { avg_size_kb: 25 }, "size 25 KB, which has to be under 25 KB"],
    ["failures", { failure_rate: 0.05 }, "failures 5 %, which has to be under 5 %"],
    ["p95, by little", { p95: 75.001 }, "p95 75.001 ms, which has to be under 75 ms"],
  ])("are over the budget of %s at its threshold", async (_name, figures, words) => {
    expect(await judged(results(figures))).toMatchObject([{ message: `/a is over its budget: ${words}` }]);
  });

  test("say of when and of what they are, because a laptop keeps them from one day to the next", async () => {
    const hits = await judged(results({ failure_rate: 1 }));
    expect(hits).toMatchObject([
      { hint: expect.stringContaining("Probed at 2026-01-02T03:04:05.000Z, http://127.0.0.1:8000; probe again") },
    ]);
  });

  test.each([
    [undefined, "shadow_probe_results.json in the temporary folder"],
    ["out/results.json", "out/results.json"],
  ])("that are not there are named by their place (%s)", async (path, place) => {
    expect(await judged(null, path)).toMatchObject({
      notJudged: `there are no results of a probe at ${place}; \`shadow-infra probe\` makes them`,
      because: "no-results",
    });
  });

  test("that are none are no reason to pass", async () => {
    expect(await judged("{")).toMatchObject({ because: "unreachable" });
  });
});
