import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, linear, minuteOf, nearest, ticksTo, timeTicks } from "../../../pages/src/words/trend-scales.ts";

const DAY_MS = 86_400_000;

describe("a value axis", () => {
  it.each([
    [75, [0, 20, 40, 60, 80]],
    [120, [0, 50, 100, 150]],
    [100, [0, 25, 50, 75, 100]],
    [0.05, [0, 0.02, 0.04, 0.06]],
    [1, [0, 0.25, 0.5, 0.75, 1]],
    [0, [0, 0.25, 0.5, 0.75, 1]],
    [Number.NaN, [0, 0.25, 0.5, 0.75, 1]],
  ])("up to %d has ticks %j", (highest, ticks) => {
    expect(ticksTo(highest)).toEqual(ticks);
  });

  it("begins at 0, covers the highest value, and has two to five ticks", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 3.6e6, noNaN: true }), (highest) => {
        const ticks = ticksTo(highest);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});

describe("a scale", () => {
  it("maps ends to ends, also downwards", () => {
    const { at } = linear([0, 100], [180, 20]);
    expect([at(0), at(50), at(100)]).toEqual([180, 100, 20]);
  });

  it("puts a single moment in the middle", () => {
    expect(linear([7, 7], [10, 30]).at(7)).toBe(20);
  });
});

describe("a time axis", () => {
  const from = Date.parse("2026-10-20T06:30:00Z");

  it("names whole days of UTC", () => {
    const labels = timeTicks(from, from + 31 * DAY_MS, 6).map(({ label }) => label);
    expect(labels).toEqual(["Oct 22", "Oct 29", "Nov 5", "Nov 12", "Nov 19"]);
  });

  it("names hours where less than two days are shown, and the day at midnight", () => {
    expect(timeTicks(from, from + DAY_MS, 5).map(({ label }) => label)).toEqual(["12:00", "18:00", "Oct 21", "06:00"]);
  });

  it("has none for a single moment, and never more than there is room for", () => {
    expect(timeTicks(from, from, 5)).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 * DAY_MS }), fc.integer({ min: 1, max: 12 }), (span, most) => {
        const ticks = timeTicks(from, from + span, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const { at } of ticks) expect(at >= from && at <= from + span).toBe(true);
      }),
    );
  });

  it("writes what is no moment as a dash", () => {
    expect([dayOf(Number.NaN), minuteOf(Number.NaN), minuteOf(from)]).toEqual(["–", "–", "Oct 20 06:30"]);
  });
});

describe("the nearest run", () => {
  it("is by place, the first of two that are as near, and none of none", () => {
    expect(nearest([10, 20, 40], 32)).toBe(2);
    expect(nearest([10, 20], 15)).toBe(0);
    expect(nearest([], 15)).toBe(-1);
  });
});
