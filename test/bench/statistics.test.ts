/** What the benchmark says of a goal follows from its rounds alone. */
import { expect, test } from "vitest";
import { seededRandom } from "../../core/probe/seeded-random.ts";
import { estimate, judge, median } from "./statistics.ts";

test("the median is the middle value, or lies between the two in the middle", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("equal rounds leave no doubt", () => {
  expect(estimate([2, 2, 2], seededRandom(1))).toEqual({ median: 2, low: 2, high: 2 });
});

test("the interval holds the median, lies within the rounds, and one wild round does not move it", () => {
  const rounds = [1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.07, 1.08, 1.09, 9];
  const { median: middle, low, high } = estimate(rounds, seededRandom(1));
  expect(middle).toBeCloseTo(1.055);
  expect(low).toBeGreaterThanOrEqual(1.01);
  expect(low).toBeLessThan(middle);
  expect(high).toBeGreaterThan(middle);
  expect(high).toBeLessThan(2);
});

test("nearly all intervals hold the true median", () => {
  const random = seededRandom(7);
  const holds = Array.from({ length: 40 }, () => {
    const { low, high } = estimate(
      Array.from({ length: 20 }, () => random()),
      random,
    );
    return low <= 0.5 && high >= 0.5;
  }).filter(Boolean).length;
  expect(holds).toBeGreaterThanOrEqual(35);
});

test("the same seed gives the same interval", () => {
  const rounds = [1, 2, 4, 8, 16];
  expect(estimate(rounds, seededRandom(3))).toEqual(estimate(rounds, seededRandom(3)));
  expect(Array.from({ length: 3 }, seededRandom(3))).not.toEqual(Array.from({ length: 3 }, seededRandom(4)));
});

test.each([
  ["met", { median: 1.05, low: 1, high: 1.2 }],
  ["open", { median: 1.06, low: 1.05, high: 1.2 }],
  ["missed", { median: 1.1, low: 1.06, high: 1.2 }],
] as const)("a goal of 1.05 is %s at %o", (judgement, measured) => {
  expect(judge(measured, 1.05)).toBe(judgement);
});
