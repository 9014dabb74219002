import { expect, test } from "vitest";
import { formTexts } from "../../../../core/compare/formats/form.ts";
import { compared, sides } from "./texts.ts";

test.each<[string, string, ReturnType<typeof compared>]>([
  ["a=1&b=2", "b=2&a=1", []],
  ["a=x+y", "a=x%20y", []],
  ["a=1&b=2", "a=1", ["missing $.b"]],
  ["a=1&a=2", "a=1", ["missing $.a[1] item"]],
  ["a=1", "a=", ["value $.a"]],
  ["a=1", "<p>oops</p>", "unparsable"],
  ["plain", "a=1", null],
])("%s against %s: %j", (reference, shadow, expected) => {
  expect(compared(formTexts(sides(reference, shadow)))).toEqual(expected);
});
