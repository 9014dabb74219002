/** The week in words. */
import { expect, test } from "vitest";
import { weeklySummary } from "../../../../core/trends/messages/weekly.ts";
import type { Trend } from "../../../../core/wire/api/trends.ts";
import { faults, SLACK_SCHEMA } from "../../../workers/report/third-parties.ts";

const SINCE = "2026-11-16T08:00:00.000Z";

function trend(service: string, use: number, more: Partial<Trend> = {}): Trend {
  const budget = {
    budget: "p95_ms",
    threshold: 100,
    value: use * 100,
    use,
    warning: use >= 0.8,
    daysToBreach: null,
  } as const;
  return { service, repository: "acme/shop", endpoint: "/a", points: [], budgets: [budget], step: null, ...more };
}
const lines = (message: ReturnType<typeof weeklySummary>) => {
  const section = message?.blocks[1];
  return section?.type === "section" ? section.text.text.split("\n") : [];
};

test("a line per service, the most used budget first; a week without runs is told", () => {
  const weeks = [{ repository: "acme/shop", service: "calm", runs: 3, passed: 2 }];
  const message = weeklySummary(weeks, [trend("calm", 0.3), trend("busy", 0.9), trend("calm", 0.4)], SINCE);
  expect(faults(SLACK_SCHEMA, message)).toEqual([]);
  expect(lines(message)).toEqual([
    "`busy` `acme/shop` :grey_question: no run this week; most used: `/a` p95 90 ms of 100 ms (90 %)",
    "`calm` `acme/shop` 3 runs, 66 % passed; most used: `/a` p95 40 ms of 100 ms (40 %)",
  ]);
});

test("steps of this week only, with their commit, and the soonest breach", () => {
  const step = { run: "r", at: "2026-11-18T00:00:00.000Z", commit: "0123456789abcdef", before: 50, after: 65 };
  const [budget] = trend("a", 0.8).budgets;
  if (budget === undefined) throw new Error("no budget");
  const soon = [
    { ...budget, daysToBreach: 12.7 },
    { ...budget, budget: "p99_ms" as const, daysToBreach: 3.2 },
  ];
  const [line] = lines(weeklySummary([], [trend("a", 0.8, { step, budgets: soon })], SINCE));
  expect(line).toContain("step of p95 of `/a` by 30 % since `0123456789ab`");
  expect(line).toContain("the budget for the p99 of `/a` is used up in 3 days");
  const [old] = lines(
    weeklySummary([], [trend("a", 0.8, { step: { ...step, at: "2026-11-01T00:00:00.000Z" } })], SINCE),
  );
  expect(old).not.toContain("step");
});

test("nothing is told where nothing was probed", () => {
  expect(weeklySummary([], [], SINCE)).toBeNull();
});
