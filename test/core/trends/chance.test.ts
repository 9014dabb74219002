/** The permutation test of a split against what can be counted by hand. */
import { expect, test } from "vitest";
import { chanceOfSplit } from "../../../core/trends/chance.ts";
import { level, noisy, randomFrom } from "./series.ts";

test("is the share of orders that split as clearly", () => {
  // With parts of three there is one split; 2 of the 20 ways to choose its first part are as clear.
  expect(chanceOfSplit([1, 2, 3, 10, 11, 12], 3)).toBeCloseTo(2 / 20, 1);
  // Of 1,820 ways to place the four slow runs among 16, two put them at an end.
  expect(chanceOfSplit([...level(50, 12), ...level(80, 4)], 4)).toBeLessThan(0.005);
});

test("is the same each time, and certain where all values are equal or too few", () => {
  const values = noisy(level(50, 20), 0.1, randomFrom(3));
  expect(chanceOfSplit(values, 4)).toBe(chanceOfSplit(values, 4));
  expect(chanceOfSplit(level(1, 20), 4)).toBe(1);
  expect(chanceOfSplit([1, 9], 4)).toBe(1);
  expect(chanceOfSplit([], 4)).toBe(1);
});

test("of series without order it is below one in twenty in about one in twenty", () => {
  let rare = 0;
  for (let seed = 1; seed <= 400; seed += 1)
    if (chanceOfSplit(noisy(level(50, 24), 0.1, randomFrom(seed)), 4) <= 0.05) rare += 1;
  expect(rare / 400).toBeGreaterThan(0.02);
  expect(rare / 400).toBeLessThan(0.08);
});
