/** Nearest rank: against Node's own histogram, published examples, and the definition by counting. */
import { createHistogram } from "node:perf_hooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maximumNote, percentile, rankOf } from "../../../core/probe/percentiles.ts";

const PERCENTS = [1, 5, 30, 40, 50, 90, 95, 99, 100];

describe("percentile", () => {
  // The worked examples of the encyclopedic definition: five scores, ten scores and eleven scores.
  it.each([
    [
      [15, 20, 35, 40, 50],
      [5, 30, 40, 50, 100],
      [15, 20, 20, 35, 50],
    ],
    [
      [3, 6, 7, 8, 8, 10, 13, 15, 16, 20],
      [25, 50, 75, 100],
      [7, 8, 15, 20],
    ],
    [
      [3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20],
      [25, 50, 75, 100],
      [7, 9, 15, 20],
    ],
  ])("gives the published values of %j", (values, percents, expected) => {
    expect(percents.map((percent) => percentile(values, percent))).toEqual(expected);
  });

  // Between ranks that histogram rounds to the nearer one; at whole ranks all definitions agree.
  it("is what Node's histogram gives for whole numbers, where the rank is whole", () => {
    const values = fc
      .constantFrom(100, 200, 300)
      .chain((length) => fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: length, maxLength: length }));
    fc.assert(
      fc.property(values, (all) => {
        // Enough digits that every value has a bucket of its own.
        const histogram = createHistogram({ lowest: 1, highest: 100_000, figures: 5 });
        for (const value of all) histogram.record(value);
        const sorted = all.toSorted((a, b) => a - b);
        for (const percent of [50, 95, 99]) expect(percentile(sorted, percent)).toBe(histogram.percentile(percent));
      }),
      { numRuns: 30 },
    );
  });

  it("is the smallest value that so many per cent do not exceed, by counting", () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 250 });
    fc.assert(
      fc.property(values, fc.constantFrom(...PERCENTS), (all, percent) => {
        const atMost = (limit: number): number => all.filter((value) => value <= limit).length;
        const candidates = all.filter((value) => atMost(value) * 100 >= percent * all.length);
        const sorted = all.toSorted((a, b) => a - b);
        expect(percentile(sorted, percent)).toBe(Math.min(...candidates));
      }),
    );
  });

  it("is nothing for no values", () => {
    expect(percentile([], 95)).toBeNull();
  });

  it("knows that 95 % of 20 is 19, and of 40 is 38", () => {
    expect([20, 40, 60, 100, 200].map((count) => rankOf(95, count))).toEqual([19, 38, 57, 95, 190]);
  });
});

describe("the note of a percentile that is only the maximum", () => {
  it("stands at the 99th of 20 and of 99, and no longer at the 99th of 100", () => {
    expect([20, 99, 100, 200].map((count) => maximumNote(99, count))).toEqual(["max of 20", "max of 99", null, null]);
  });

  it("stands at the 95th of 19, not of 20, and never where there is nothing", () => {
    expect([0, 1, 19, 20].map((count) => maximumNote(95, count))).toEqual([null, "max of 1", "max of 19", null]);
  });
});
