import { expect, test } from "vitest";
import { backOff, growing, STARTING } from "../../../infra/provisioner/reconcile/pace.ts";

test("a start is looked at every second at first, and every ten in the end", () => {
  expect([0, 1, 2, 30].map((n) => growing(STARTING, n))).toEqual([1_000, 1_500, 2_250, 10_000]);
});

test("failures are tried again after a second, then later and later, a minute at most, spread by chance", () => {
  expect([0, 1, 5, 50].map((n) => backOff(n, () => 1))).toEqual([1_000, 2_000, 32_000, 60_000]);
  expect(backOff(50, () => 0)).toBe(30_000);
});
