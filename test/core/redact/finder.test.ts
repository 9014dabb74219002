import { RE2JS } from "re2js";
import { expect, test } from "vitest";
import { finderOf } from "../../../core/redact/finder.ts";

const finder = (pattern: string) => finderOf(() => RE2JS.compile(pattern));

test("finds each match, from the left", () => {
  expect(finder("EMP-[0-9]+")?.("EMP-1 and EMP-22")).toEqual([
    { start: 0, end: 5 },
    { start: 10, end: 16 },
  ]);
});

test.each(["(", "a*", ""])("%j is no finder: it cannot be compiled, or finds nothingness", (pattern) => {
  expect(finder(pattern)).toBeUndefined();
});

test("a text too long to search is taken whole, and so is the rest behind too many matches", () => {
  expect(finder("a")?.("b".repeat(65_537))).toEqual([{ start: 0, end: 65_537 }]);
  const spans = finder("a")?.("a".repeat(2_000)) ?? [];
  expect(spans).toHaveLength(1_001);
  expect(spans.at(-1)).toEqual({ start: 1_000, end: 2_000 });
});
