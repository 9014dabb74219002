import { expect, test } from "vitest";
import { logFactorials, logUpperTail } from "../../../core/conditions/fisher.ts";

const table = logFactorials(5_000);

test.each([
  // Fisher's tea: 3 of 4 cups told right, 8 in all. R: fisher.test(alternative = "greater").
  ["the tea of The Design of Experiments", { all: 8, marked: 4, drawn: 4, both: 3 }, 17 / 70],
  // The documentation of R's fisher.test, Convictions: 10 of 13 and 2 of 17; alternative "less" on the transposed table.
  ["the convictions of R's documentation", { all: 30, marked: 12, drawn: 13, both: 10 }, 0.0004652],
  ["all of those drawn", { all: 10, marked: 3, drawn: 3, both: 3 }, 1 / 120],
  ["as few as there can be", { all: 10, marked: 3, drawn: 3, both: 0 }, 1],
  ["a table without choice", { all: 10, marked: 10, drawn: 4, both: 4 }, 1],
])("%s", (_, draw, p) => {
  expect(Math.exp(logUpperTail(draw, table)) / p).toBeCloseTo(1, 3);
});

test("adds up to one with the tail on the other side", () => {
  for (let both = 1; both <= 20; both++) {
    const upper = Math.exp(logUpperTail({ all: 90, marked: 20, drawn: 35, both }, table));
    const lower = Math.exp(logUpperTail({ all: 90, marked: 20, drawn: 55, both: 20 - both + 1 }, table));
    expect(upper + lower).toBeCloseTo(1, 9);
  }
});

test("holds what no double could", () => {
  expect(logUpperTail({ all: 4_000, marked: 2_000, drawn: 2_000, both: 2_000 }, table)).toBeLessThan(-2_700);
});
