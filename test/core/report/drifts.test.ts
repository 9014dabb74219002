import { expect, test } from "vitest";
import { compareDrifts, type DriftRow, driftStanding, slowRouteRow } from "../../../core/report/drifts.ts";
import { NO_DECISIONS } from "../../../core/report/standing.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";

const row: DriftRow = {
  signature: "a",
  severity: "Warning",
  floor: "Safe",
  ceiling: "Critical",
  reason: "A value changed.",
  count: 3,
  noiseCount: 5,
  noiseReason: "a clock",
  noiseBy: "volatile",
};

test("a drift that counted anywhere is no noise, and its count is where it counted", () => {
  expect(driftStanding(row, NO_DECISIONS)).toMatchObject({ verdict: "Warning", count: 3, noise: null });
});

test("a drift that never counted is noise, shown with its count and why", () => {
  const standing = driftStanding({ ...row, count: 0 }, NO_DECISIONS);
  expect(standing).toMatchObject({ verdict: "Safe", count: 5, noise: { reason: "a clock", by: "volatile" } });
});

test("a drift that second answers explain later is noise, with all its pairs", () => {
  const standing = driftStanding(row, { ...NO_DECISIONS, explained: new Map([["a", "it moves anyway"]]) });
  expect(standing).toMatchObject({ verdict: "Safe", count: 8, noise: { reason: "it moves anyway", by: "hindsight" } });
});

test("a decision brings its reasoning along", () => {
  const decision = {
    verdict: "Critical",
    decidedBy: "model",
    modelVersion: "a-model/1",
    reasoning: "It matters.",
  } as const;
  const standing = driftStanding(row, { ...NO_DECISIONS, decided: new Map([["a", decision]]) });
  expect(standing).toMatchObject({ verdict: "Critical", modelVersion: "a-model/1", reasoning: "It matters." });
});

test("the worst come first, then the most frequent, noise last", () => {
  const drift = (signature: string, verdict: Drift["verdict"], count: number, noise: Drift["noise"] = null): Drift => ({
    ...driftStanding(row, NO_DECISIONS),
    signature,
    verdict,
    count,
    noise,
    rule: "value-changed",
    severity: "Warning",
    route: "GET /",
    pattern: "$",
    kind: "value",
    routePairs: 9,
    firstSeen: "",
    lastSeen: "",
    sample: null,
    examples: [],
    condition: null,
    noCondition: null,
    curl: null,
    cause: "",
  });
  const all = [
    drift("noise", "Safe", 99, { reason: "a clock" }),
    drift("safe", "Safe", 1),
    drift("rare", "Critical", 1),
    drift("often", "Critical", 2),
  ];
  expect(all.toSorted(compareDrifts).map(({ signature }) => signature)).toEqual(["often", "rare", "safe", "noise"]);
});

test("a drift says whether a model's answer is still waited for, or no more", () => {
  const notes = new Map([["a", "Model unavailable."]]);
  const given = driftStanding(row, { ...NO_DECISIONS, unavailable: new Set(["a"]), notes });
  expect(given).toMatchObject({ verdict: "Warning", question: { state: "unavailable", reason: "Model unavailable." } });
  expect(given.reasoning).toBe("A value changed. Model unavailable.");
  const waiting = driftStanding(row, { ...NO_DECISIONS, open: new Set(["a"]), notes });
  expect(waiting).toMatchObject({ verdict: "Undecided", question: { state: "open" } });
  expect(driftStanding(row, NO_DECISIONS)).not.toHaveProperty("question");
});

test("a row that is older than the words, or has one that nobody knows, is noise all the same", () => {
  for (const noiseBy of [null, "by chance"])
    expect(driftStanding({ ...row, count: 0, noiseBy }, NO_DECISIONS).noise).toEqual({ reason: "a clock" });
});

test("a route that became slower counts in all its pairs, whatever a model says", () => {
  const slow = slowRouteRow(
    { rule: "route-latency-slow", severity: "Warning", signature: "slow", reason: "Slow." },
    80,
  );
  const said = { verdict: "Safe", modelVersion: null, reasoning: "Approved." } as const;
  const decided = (decidedBy: "model" | "person") => ({
    ...NO_DECISIONS,
    decided: new Map([["slow", { ...said, decidedBy }]]),
  });
  expect(driftStanding(slow, NO_DECISIONS)).toMatchObject({ verdict: "Warning", count: 80, noise: null });
  expect(driftStanding(slow, decided("model"))).toMatchObject({ verdict: "Warning" });
  expect(driftStanding(slow, decided("person"))).toMatchObject({ verdict: "Safe", decidedBy: "person" });
});
