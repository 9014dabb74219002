/** Levels and what is told of them, over runs as plain data. */
import { describe, expect, test } from "vitest";
import { changesOf, isPaged, isTold, type Levels, levelKey, levelsAfter } from "../../../core/trends/alerts.ts";
import { ENDPOINT, run } from "./runs.ts";

type Run = ReturnType<typeof run>;
const P95 = levelKey(ENDPOINT, "p95_ms");

/** What is told and paged at each of the runs, one after the other. */
function story(runs: readonly Run[]): readonly string[] {
  let known: Levels = {};
  return runs.map((newest, index) => {
    const next = levelsAfter(newest, runs[index - 1] ?? null, known);
    const changes = changesOf(known, next, newest);
    known = next;
    return changes.map((each) => `${each.to}${isTold(each) ? " told" : ""}${isPaged(each) ? " paged" : ""}`).join(", ");
  });
}

test.each<[string, readonly number[], readonly string[]]>([
  ["within the budget", [10, 79.9], ["", ""]],
  ["a warning, once, until it is well below", [80, 90, 76, 74, 80], ["warning told", "", "", "holds", "warning told"]],
  ["a value at its threshold is over it", [100], ["breach told paged"]],
  ["twice in a row, and then as long as it lasts", [100, 101, 150], ["breach told paged", "repeated told paged", ""]],
  ["one run over, one below, one over", [120, 50, 120], ["breach told paged", "holds told paged", "breach told paged"]],
  [
    "the end of a breach into a warning is its end",
    [120, 85, 70],
    ["breach told paged", "warning told paged", "holds"],
  ],
])("%s", (_, values, expected) => {
  expect(story(values.map((p95) => run(p95)))).toEqual(expected);
});

describe("each budget by itself", () => {
  test("failures and size have levels of their own", () => {
    const next = levelsAfter(run(10, { failure_rate: 0.05, avg_size_kb: 21 }), null, {});
    expect(next).toEqual({
      [levelKey(ENDPOINT, "failure_rate")]: "breach",
      [levelKey(ENDPOINT, "size_kb")]: "warning",
    });
  });

  test("a row that is only shown has no level; one that its sender failed is over", () => {
    const own = run(500)[ENDPOINT];
    if (own === undefined) throw new Error("no endpoint");
    const shown = own.budgets.map((row) => ({ ...row, judged: false as const }));
    expect(levelsAfter({ [ENDPOINT]: { ...own, budgets: shown } }, null, {})).toEqual({});
    const failed = run(10)[ENDPOINT]?.budgets.map((row) => ({ ...row, passed: row.budget !== "p95_ms" })) ?? [];
    expect(levelsAfter({ [ENDPOINT]: { ...own, budgets: failed } }, null, {})).toMatchObject({ [P95]: "breach" });
  });
});

test("no failure where none is allowed is nothing to tell", () => {
  const budgets = [{ endpoint: ENDPOINT, budget: "failure_rate", value: 0, threshold: 0, passed: true } as const];
  const own = run(10)[ENDPOINT];
  if (own === undefined) throw new Error("no endpoint");
  expect(levelsAfter({ [ENDPOINT]: { ...own, budgets } }, null, {})).toEqual({});
});

test("an endpoint that is no longer probed ends its alert, and the words can say why", () => {
  const known = levelsAfter(run(120), null, {});
  const changes = changesOf(known, levelsAfter({}, run(120), known), {});
  expect(changes).toContainEqual({ endpoint: ENDPOINT, budget: "p95_ms", from: "breach", to: "holds", measured: null });
});

test("names of objects' own parts are names", () => {
  const own = run(120)[ENDPOINT];
  if (own === undefined) throw new Error("no endpoint");
  const odd = JSON.parse(`{"__proto__": ${JSON.stringify(own)}}`) as Run;
  const next = levelsAfter(odd, null, {});
  expect(Object.keys(next)).toEqual(["__proto__\np95_ms"]);
  expect(changesOf({}, next, odd).map(({ endpoint }) => endpoint)).toEqual(["__proto__"]);
});
