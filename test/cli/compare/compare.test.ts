/** A whole run: drifts with counts, examples, conditions and slow routes, the same in whatever order the lines come. */
import { describe, expect, test } from "vitest";
import { recordedLine } from "./recorded.ts";
import { reported } from "./reported.ts";

/** Numbers from 0 to 1 that are the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const next = random(seed);
  return items
    .map((item) => ({ item, place: next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Two routes: one loses a field for one currency, one has a field that rotates. */
const LINES = Array.from({ length: 120 }, (_, i) => {
  const currency = i % 4 === 0 ? "EUR" : "USD";
  const shop = i % 3 > 0;
  const path = shop ? `/shop/${i}?currency=${currency}` : `/clock/${i}`;
  const body = shop ? { price: 5, currency } : { turn: `a${i}` };
  return recordedLine({
    id: `p${i}`,
    path,
    prod: body,
    shadow: shop && currency === "EUR" ? { currency } : shop ? body : { turn: `b${i}` },
    ...(i % 2 === 0 && !shop ? { control: { turn: `c${i}` } } : {}),
  });
});

test("drifts, verdicts, examples and conditions are the same in whatever order the lines come", async () => {
  const { report } = await reported(LINES);
  expect(report.drifts.map(({ rule, pairs, noise }) => [rule, pairs, noise.pairs])).toEqual([
    ["field-removed", 20, 0],
    ["value-changed", 0, 40],
  ]);
  for (const seed of [1, 2, 3]) {
    const other = await reported(shuffled(LINES, seed));
    expect(other.report.drifts).toEqual(report.drifts);
    expect(other.report.summary.verdicts).toEqual(report.summary.verdicts);
  }
});

test("a drift says when it breaks, with a command that shows it, and its smallest examples", async () => {
  const { report } = await reported(LINES);
  const [lost] = report.drifts;
  expect(lost?.occasion).toMatchObject({
    condition: { words: "currency=EUR", matching: 20, matchingFailing: 20, othersFailing: 0 },
    noCondition: null,
  });
  expect(lost?.occasion.curl).toContain(`"$SHADOW_URL"'/shop/4?currency=EUR'`);
  expect(lost?.examples.map(({ id }) => id)).toEqual(["p4"]);
});

test("a route that became slower is a drift, and is found in all formats", async () => {
  const slow = Array.from({ length: 60 }, (_, i) =>
    JSON.stringify({
      id: `p${i}`,
      request: { method: "GET", path: "/slow" },
      prod: { status: 200, latencyMs: 20 + (i % 5) },
      shadow: { status: 200, latencyMs: 900 + (i % 5) },
    }),
  );
  const { report, json, markdown, junit } = await reported(slow);
  expect(report.slow).toMatchObject([{ route: "GET /slow", rule: "route-latency-very-slow", severity: "Critical" }]);
  for (const text of [json, markdown, junit]) expect(text).toContain("route-latency-very-slow");
});

describe("the repository's settings", () => {
  test("name routes and say what to ignore", async () => {
    const settings = {
      routes: [{ match: "GET /shop/**", mode: "values" as const, ignore: ["$.name"], listKeys: {} }],
      templates: ["/shop/{article}"],
      aliases: {},
      contract: null,
    };
    const lines = ["a", "b"].map((name) =>
      recordedLine({ path: `/shop/${name}`, prod: { name: "old word" }, shadow: { name: "new word" } }),
    );
    const { report } = await reported(lines, { settings });
    expect([...report.summary.routes.keys()]).toEqual(["GET /shop/{article}"]);
    expect(report.summary.verdicts.Warning).toBe(0);
    expect(report.drifts[0]?.noise.reasons[0]).toContain("ignores");
  });
});
