/** The options of the consumer's benchmark. */
import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("rounds are given, short, or the default", () => {
  expect(readOptions(["--rounds", "4"])).toEqual({ rounds: 4, json: false });
  expect(readOptions(["--quick", "--json"])).toEqual({ rounds: 3, json: true });
  expect(readOptions([])).toEqual({ rounds: 10, json: false });
});

test("what cannot be meant is refused", () => {
  expect(readOptions(["--rounds", "0"])).toHaveProperty("wrong");
  expect(readOptions(["--fast"])).toHaveProperty("wrong");
  expect(readOptions(["--help"])).toBe("help");
});
