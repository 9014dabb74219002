/** What a repository ignores, how strictly it compares, and where its wish is refused. */
import { describe, expect, it, test } from "vitest";
import { extractDiffs } from "../../../core/compare/extract.ts";
import { type Comparison, DEFAULT_COMPARISON } from "../../../core/compare/settings.ts";
import { filterNoise } from "../../../core/noise/filter.ts";
import { ignoreProblem } from "../../../core/noise/user-rules.ts";
import type { Answer } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

interface Sides {
  readonly prod: Answer;
  readonly shadow: Answer;
  readonly control?: Answer;
}

function findingsOf(sides: Sides, comparison: Partial<Comparison>) {
  const opened = { ...openCase(pairOf(sides)), comparison: { ...DEFAULT_COMPARISON, ...comparison } };
  return filterNoise(extractDiffs(opened), EMPTY_MEMORY).findings;
}

function outcome(reference: unknown, shadow: unknown, ...ignore: readonly string[]): readonly (string | null)[] {
  const found = findingsOf({ prod: answer(reference), shadow: answer(shadow) }, { ignore });
  return found.map(({ path, noise }) => (noise?.by === "user" ? null : path));
}

describe("an ignored path", () => {
  const items = (...names: readonly unknown[]) => ({
    items: names.map((name, at) => ({ id: at, name, kind: at % 2 })),
  });

  it.each([
    ["$.items[*].name", [null, null]],
    ["$.items[0].name", [null, "$.items[1].name"]],
    ["$.items[1:].name", ["$.items[0].name", null]],
    ["$.items[-1].name", ["$.items[0].name", null]],
    ["$..name", [null, null]],
    ["$.items", [null, null]],
    ["$['items'][*]['name']", [null, null]],
    ["$.items[?@.kind==1].name", ["$.items[0].name", null]],
    ["$.items[*].nam", ["$.items[0].name", "$.items[1].name"]],
    ["$.items[", ["$.items[0].name", "$.items[1].name"]],
  ])("%s", (query, expected) => {
    const found = outcome(items("a", "b"), items("x", "y"), query);
    const both = findingsOf({ prod: answer(items("a", "b")), shadow: answer(items("x", "y")) }, { ignore: [query] });
    const paths = both.flatMap(({ differences, noise }) =>
      differences.map(({ path }) => (noise === null ? path : null)),
    );
    expect(new Set(paths)).toEqual(new Set(expected));
    expect(found.length).toBeGreaterThan(0);
  });

  it("gives its entry as the reason", () => {
    const [finding] = findingsOf({ prod: answer({ a: 1 }), shadow: answer({ a: 2 }) }, { ignore: ["$.a"] });
    expect(finding?.noise).toEqual({ reason: "the repository ignores $.a", by: "user" });
  });

  it.each([
    ["a null", { a: 1 }, { a: null }, "certain (value turned null)"],
    ["another type", { a: 1 }, { a: "1" }, "certain"],
    ["a lost field", { a: 1, b: 1 }, { b: 1 }, "certain|lost field"],
    ["an emptied text", { a: "x" }, { a: "" }, "certain"],
  ])("is refused where it would hide %s, and the finding says so", (_, reference, shadow, why) => {
    const [finding] = findingsOf({ prod: answer(reference), shadow: answer(shadow) }, { ignore: ["$.a"] });
    expect(finding?.noise).toBeNull();
    expect(finding?.reason).toMatch(
      new RegExp(`The wish to ignore \\$\\.a was refused: it would hide .*${why.replaceAll(/[()]/g, "\\$&")}`),
    );
  });

  it("is refused for an amount that no second answer ever moved, and honoured without one", () => {
    const sides = { prod: answer({ price: 5 }), shadow: answer({ price: 6 }) };
    expect(findingsOf(sides, { ignore: ["$.price"] })[0]?.noise?.by).toBe("user");
    const [kept] = findingsOf({ ...sides, control: answer({ price: 5 }) }, { ignore: ["$.price"] });
    expect([kept?.noise, kept?.reason.includes("no second answer ever moved")]).toEqual([null, true]);
  });
});

test("an ignored header stands for all that is told of it", () => {
  const headers = (value: string) => ({ headers: { "x-plan": value, "set-cookie": `sid=${value}; Path=/${value}` } });
  const sides = { prod: answer({ a: 1 }, headers("a")), shadow: answer({ a: 1 }, headers("b")) };
  const paths = (...ignore: readonly string[]) =>
    findingsOf(sides, { ignore }).flatMap(({ path, noise }) => (noise?.by === "user" ? [path] : []));
  expect(paths("header:X-Plan")).toEqual(["header:x-plan"]);
  expect(paths("header:set-cookie")).toEqual(["header:set-cookie:sid", "header:set-cookie:sid;path"]);
  expect(paths("header:set")).toEqual([]);
});

describe("the way a route is compared", () => {
  const by = (mode: Comparison["mode"], reference: unknown, shadow: unknown) =>
    findingsOf({ prod: answer(reference), shadow: answer(shadow) }, { mode }).map(({ noise }) => noise?.by ?? null);
  const ids = ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", "f3a1c2d4-1b2c-4d3e-8f9a-7b6c5d4e3f21"];

  it.each<[string, unknown, unknown, string | null]>([
    ["a value", { a: "x" }, { a: "y" }, "shape"],
    ["an amount", { price: 1 }, { price: 2 }, "shape"],
    ["an element", [1, 2, 3], [1, 2], "shape"],
    ["an order", [3, 1, 2], [1, 2, 3], "shape"],
    ["a null", { a: 1 }, { a: null }, null],
    ["a type", { a: 1 }, { a: "1" }, null],
    ["a lost field", { a: 1, b: 1 }, { a: 1 }, null],
    ["a new field", { a: 1 }, { a: 1, b: 1 }, null],
    ["an emptied list", { l: [1, 2] }, { l: [] }, null],
  ])("shape: %s", (_, reference, shadow, expected) => {
    expect(by("shape", reference, shadow)).toEqual([expected]);
  });

  it.each<[string, unknown, unknown]>([
    ["a time", { at: "2026-11-21T10:00:00Z" }, { at: "2026-11-21T10:00:01Z" }],
    ["a UUID", { x: ids[0] }, { x: ids[1] }],
    ["an order", { l: ["m", "a", "z", "k"] }, { l: ["z", "k", "m", "a"] }],
  ])("exact: %s counts, and by values it does not", (_, reference, shadow) => {
    expect(by("exact", reference, shadow)).toEqual([null]);
    expect(by("values", reference, shadow)).not.toEqual([null]);
  });
});

test.each([
  ["$.a[*].b", null],
  ["$..a", null],
  ["header:x-plan", null],
  ["body:line *", null],
  ["header:", /nothing/],
  ["a.b", /./],
  ["$.a[", /./],
])("the problem with %s", (entry, problem) => {
  if (problem === null) expect(ignoreProblem(entry)).toBeNull();
  else expect(ignoreProblem(entry)).toMatch(problem);
});
