import { expect, test } from "vitest";
import { hasAllowance, takeAllowance } from "../../../../workers/tee/routing/allowance.ts";
import { routed } from "./routed.ts";

function mirroredWith(allowance: number | null): number {
  const target = routed({ allowance });
  let count = 0;
  for (; count < 100 && hasAllowance(target); count += 1) takeAllowance(target);
  return count;
}

test("an allowance is used up request by request, and no cap is none", () => {
  expect([0, 1, 7, 2.9].map(mirroredWith)).toEqual([0, 1, 7, 2]);
  expect(mirroredWith(null)).toBe(100);
});

test("a new table brings a new allowance", () => {
  const first = routed({ allowance: 1 });
  takeAllowance(first);
  expect(hasAllowance(first)).toBe(false);
  expect(hasAllowance(routed({ allowance: 1 }))).toBe(true);
});
