import { expect, test } from "vitest";
import { allDecimals, timeCell, twoDecimals } from "../../../core/probe/decimals.ts";

test.each([
  [0, "0"],
  [75, "75"],
  [81.204, "81.2"],
  [0.005_1, "0.01"],
  [0.001, "0.001"],
  [0.000_033_3, "0.000033"],
  [-0.001, "-0.001"],
])("writes %s with two decimals, and never as nothing what is something", (value, text) => {
  expect(twoDecimals(value)).toBe(text);
});

test.each([
  [0.001, "0.001"],
  [75.004, "75.004"],
  [0.07 * 100, "7"],
  [0, "0"],
])("writes the chosen %s as it was chosen", (value, text) => {
  expect(allDecimals(value)).toBe(text);
});

test("writes times of a column with one decimal, nothing measured as a dash, and little as more than nothing", () => {
  expect([0, 0.004, 0.05, 11.74, 120].map(timeCell)).toEqual(["-", "0.004", "0.1", "11.7", "120.0"]);
});
