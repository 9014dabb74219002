import { expect, test } from "vitest";
import { hasAllowance, startPace, takeAllowance } from "../../../../workers/tee/routing/allowance.ts";
import { routed } from "./routed.ts";

/** How many of requests that come every `everyMs` are mirrored within `forMs`, under one table. */
function mirrored(allowance: number | null, { everyMs, forMs }: { everyMs: number; forMs: number }): number {
  const target = routed({ allowance });
  const pace = startPace();
  let count = 0;
  for (let now = 1_000_000; now < 1_000_000 + forMs; now += everyMs) {
    if (!hasAllowance(target, pace, now)) continue;
    takeAllowance(target, pace, now);
    count += 1;
  }
  return count;
}

test("an allowance is used up request by request, and no cap is none", () => {
  const slowly = { everyMs: 1_000, forMs: 100_000 };
  expect([0, 1, 7, 2.9].map((allowance) => mirrored(allowance, slowly))).toEqual([0, 1, 7, 2]);
  expect(mirrored(null, slowly)).toBe(100);
});

test("an allowance goes evenly over the time between two syncs", () => {
  expect(mirrored(100, { everyMs: 1, forMs: 1 })).toBe(1);
  expect(mirrored(100, { everyMs: 1, forMs: 2_500 })).toBeGreaterThanOrEqual(50);
  expect(mirrored(100, { everyMs: 1, forMs: 2_500 })).toBeLessThanOrEqual(58);
});

test("a new table brings a new allowance, and the pace goes on", () => {
  const first = routed({ allowance: 1 });
  const pace = startPace();
  takeAllowance(first, pace, 1_000_000);
  expect(hasAllowance(first, pace, 1_005_000)).toBe(false);
  expect(hasAllowance(routed({ allowance: 1 }), pace, 1_000_001)).toBe(false);
  expect(hasAllowance(routed({ allowance: 1 }), pace, 1_005_000)).toBe(true);
});
