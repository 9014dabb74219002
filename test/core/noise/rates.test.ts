import { expect, test } from "vitest";
import { exceedsNoise, fewWords } from "../../../core/noise/rates.ts";

test.each([
  ["never in either", [0, 50], [0, 50], false],
  ["always in both", [50, 50], [50, 50], false],
  ["a little more often, of many", [55, 100], [50, 100], false],
  ["always, where second answers differ in a third", [30, 30], [10, 30], true],
  ["always, where hardly anybody asked twice", [3, 3], [2, 4], false],
  ["in one of many, where second answers never do", [1, 1_000], [0, 1_000], false],
  ["in a tenth, where second answers never do", [100, 1_000], [0, 1_000], true],
  ["often, and nobody asked twice", [5, 5], [0, 0], false],
] as const)("the shadow differs %s", (...[, raw, noise, expected]) => {
  expect(exceedsNoise({ count: raw[0], of: raw[1] }, { count: noise[0], of: noise[1] })).toBe(expected);
});

test("a rate of few second answers says so", () => {
  expect([fewWords(3), fewWords(30)]).toEqual([", which is few", ""]);
});
