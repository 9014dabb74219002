import { expect, test } from "vitest";
import { seededRandom } from "../../../core/probe/seeded-random.ts";

/** Of one seed. */
const drawn = (seed: number, count: number): readonly number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random());
};

test("a seed gives the same numbers again, another one others", () => {
  expect(drawn(7, 100)).toEqual(drawn(7, 100));
  expect(drawn(7, 100)).not.toEqual(drawn(8, 100));
});

test("numbers lie from 0 to below 1, in every tenth about as many", () => {
  const numbers = drawn(1, 10_000);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  const tenths = Map.groupBy(numbers, (number) => Math.floor(number * 10));
  expect(tenths.size).toBe(10);
  // Five times the standard deviation of a tenth of 10,000.
  for (const { length } of tenths.values()) expect(Math.abs(length - 1_000)).toBeLessThan(150);
});
