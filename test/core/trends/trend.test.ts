/** One endpoint's trend out of its runs. */
import { expect, test } from "vitest";
import { type EndpointRun, shareOf, trendOf } from "../../../core/trends/trend.ts";
import { budgetRows, ENDPOINT, figures } from "./runs.ts";

const DAY_MS = 24 * 3_600_000;
const isoTime = (ms: number) => new Date(ms).toISOString();

/** One run a day. */
function runs(values: readonly number[], more: Partial<EndpointRun> = {}): [EndpointRun, ...EndpointRun[]] {
  const [first, ...rest] = values.map((p95, n): EndpointRun => {
    const own = figures(p95);
    const names = { repository: "acme/shop", service: "shop", endpoint: ENDPOINT, branch: "main", region: "" };
    return {
      run: `r${n}`,
      ...names,
      at: n * DAY_MS,
      commit: `c${n}`,
      pull: 0,
      figures: own,
      budgets: budgetRows(own),
      ...more,
    };
  });
  if (first === undefined) throw new Error("no run");
  return [first, ...rest];
}
const rows = budgetRows(figures(1));

test("empty names are null, and a run over a budget did not pass", () => {
  const trend = trendOf(runs([50, 120], { branch: "", repository: "", commit: "" }), rows, isoTime);
  expect(trend.repository).toBeNull();
  expect(trend.points.map(({ branch, commit, pull, passed }) => [branch, commit, pull, passed])).toEqual([
    [null, null, null, true],
    [null, null, null, false],
  ]);
});

test("the rise before a step is not foretold to go on", () => {
  const trend = trendOf(runs([...Array(12).fill(40), ...Array(12).fill(70)]), rows, isoTime);
  expect(trend.step).toEqual({ run: "r12", at: isoTime(12 * DAY_MS), commit: "c12", before: 40, after: 70 });
  expect(trend.budgets[0]).toMatchObject({ budget: "p95_ms", use: 0.7, warning: false, daysToBreach: null });
});

test("80 % of a budget is a warning, less is none", () => {
  const warnings = [79.9, 80].map((p95) => trendOf(runs([p95]), rows, isoTime).budgets[0]?.warning);
  expect(warnings).toEqual([false, true]);
});

test("without budgets there is no use of one", () => {
  expect(trendOf(runs([50]), [], isoTime).budgets).toEqual([]);
});

test("a budget of nothing is used up by anything but nothing, in a number that JSON has", () => {
  expect([shareOf(0, 0), shareOf(5, 0), shareOf(1e9, 1e-300), shareOf(40, 80)]).toEqual([0, 1e6, 1e6, 0.5]);
});
