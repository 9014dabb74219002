/** The options of the benchmarks. */
import { expect, test } from "vitest";
import { readOptions } from "./command.ts";

const defaults = { rounds: 10, quickRounds: 3 };

test("rounds are given, short, or the default", () => {
  expect(readOptions(["--rounds", "4"], defaults)).toEqual({ rounds: 4, quick: false, json: false });
  expect(readOptions(["--quick", "--json"], defaults)).toEqual({ rounds: 3, quick: true, json: true });
  expect(readOptions([], defaults)).toEqual({ rounds: 10, quick: false, json: false });
});

test("what cannot be meant is refused", () => {
  expect(readOptions(["--rounds", "0"], defaults)).toHaveProperty("wrong");
  expect(readOptions(["--fast"], defaults)).toHaveProperty("wrong");
  expect(readOptions(["--help"], defaults)).toBe("help");
});
