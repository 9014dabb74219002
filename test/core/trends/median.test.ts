/** The middle, and the distances from it. */
import { expect, test } from "vitest";
import { median, spread } from "../../../core/trends/median.ts";

test("the middle one, the mean of two middle ones, and 0 of none", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, 0]);
});

test("the sum of distances from it, which one wild value raises by itself only", () => {
  expect([spread([1, 2, 3]), spread([1, 2, 300]), spread([])]).toEqual([2, 299, 0]);
});
