import { expect, test } from "vitest";
import { compilePattern } from "../../../../workers/tee/send/patterns.ts";

test("finds every match", () => {
  expect(compilePattern("EMP-[0-9]{2}")?.("EMP-12, EMP-3, EMP-45")).toEqual([
    { start: 0, end: 6 },
    { start: 15, end: 21 },
  ]);
});

test.each(["(", "(?=a)", "(a)\\1", "a*", ""])("%j is no pattern that can be run", (pattern) => {
  expect(compilePattern(pattern)).toBeUndefined();
});

test("a pattern that would stall a backtracking engine does not stall this one", () => {
  const startedAt = performance.now();
  for (const pattern of ["(a+)+$x", "(a|a)*b", "(.*a){12}b", "((a{0,9}){0,9}){0,9}b"])
    compilePattern(pattern)?.("a".repeat(10_000));
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test("a text too long to search, and the rest behind too many matches, are taken whole", () => {
  const find = compilePattern("ab");
  expect(find?.("x".repeat(70_000))).toEqual([{ start: 0, end: 70_000 }]);
  expect(find?.("ab".repeat(1_001)).at(-1)).toEqual({ start: 2_000, end: 2_002 });
});
