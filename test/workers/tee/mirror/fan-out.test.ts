import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_FAN_OUT, seated } from "../../../../workers/tee/mirror/fan-out.ts";

test("all that fit have a place, in their order", () => {
  const seats = [
    { cost: 2, servedAt: 9 },
    { cost: 1, servedAt: 1 },
  ];
  expect(seated(seats)).toBe(seats);
});

test("who waited longest comes first, and a shadow never without its base", () => {
  const seats = [
    { cost: 1, servedAt: 3 },
    { cost: 2, servedAt: 1 },
    { cost: 2, servedAt: 2 },
  ];
  expect(seated(seats)).toEqual([seats[0], seats[1]]);
});

test("over many requests everyone gets a turn, whatever the others cost, and never more than three go at once", () => {
  const costs = fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(costs, (list) => {
      const seats = list.map((cost) => ({ cost, servedAt: 0, times: 0 }));
      for (let turn = 1; turn <= 140; turn += 1) {
        const chosen = seated(seats);
        expect(chosen.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(MAX_FAN_OUT);
        for (const seat of chosen) Object.assign(seat, { servedAt: turn, times: seat.times + 1 });
      }
      for (const { times } of seats) expect(times).toBeGreaterThanOrEqual(Math.floor(140 / list.length));
    }),
  );
});
