import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_FAN_OUT, seated } from "../../../../workers/tee/mirror/fan-out.ts";

test("all that fit have a place", () => {
  const seats = [
    { cost: 2, servedAt: 9 },
    { cost: 1, servedAt: 1 },
  ];
  expect(new Set(seated(seats))).toEqual(new Set(seats));
});

test("who waited longest comes first, and a shadow never without its base", () => {
  const seats = [
    { cost: 1, servedAt: 3 },
    { cost: 2, servedAt: 1 },
    { cost: 2, servedAt: 2 },
  ];
  expect(seated(seats)).toEqual([seats[1], seats[0]]);
});

interface Counted {
  readonly cost: number;
  servedAt: number;
  times: number;
}

/** As many requests as said, with numbers given in the order of the seats. */
function served(costs: readonly number[], requests: number): readonly Counted[] {
  const seats = costs.map((cost) => ({ cost, servedAt: 0, times: 0 }));
  let turn = 0;
  for (let request = 0; request < requests; request += 1) {
    const chosen = seated(seats);
    expect(chosen.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(MAX_FAN_OUT);
    for (const seat of chosen) {
      turn += 1;
      seat.servedAt = turn;
      seat.times += 1;
    }
  }
  return seats;
}

test("shadows without bases get the same number of turns", () => {
  for (const count of [4, 5, 6, 7]) {
    const times = served(
      Array.from({ length: count }, () => 1),
      70,
    ).map((seat) => seat.times);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1);
  }
});

test("everyone gets a turn at least as often as if each went alone, whatever the others cost", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 7 }), (costs) => {
      for (const { times } of served(costs, 140)) expect(times).toBeGreaterThanOrEqual(Math.floor(140 / costs.length));
    }),
  );
});
