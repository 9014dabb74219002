import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalNumber, isBeyondDouble, isSameNumber } from "../../../../core/compare/json/number.ts";

describe("two notations of one number", () => {
  test.each([
    ["1", "1.0"],
    ["1", "1.000"],
    ["1", "10e-1"],
    ["1e3", "1000"],
    ["1E+3", "1e3"],
    ["0.5", "5e-1"],
    ["0", "-0"],
    ["0", "0.00e7"],
    ["-12.50", "-12.5"],
    ["9007199254740993", "9007199254740993.0"],
    ["0.1234567890123456789", "0.12345678901234568"],
  ])("%s and %s are equal", (left, right) => {
    expect(canonicalNumber(left)).toBe(canonicalNumber(right));
    expect(isSameNumber(left, right)).toBe(true);
  });
});

describe("two numbers", () => {
  test.each([
    ["1", "-1"],
    ["1", "10"],
    ["0.1", "0.01"],
    ["9007199254740993", "9007199254740992"],
    ["12345678901234567890", "12345678901234567891"],
    ["0.3", "0.31"],
    ["1e400", "1e401"],
  ])("%s and %s differ", (left, right) => {
    expect(canonicalNumber(left)).not.toBe(canonicalNumber(right));
    expect(isSameNumber(left, right)).toBe(false);
  });
});

test.each([
  ["9007199254740991", false],
  ["9007199254740992", true],
  ["-9007199254740993", true],
  ["90071992547409.93", false],
  ["9e30", false],
])("%s is a whole number beyond 2^53: %s", (text, expected) => {
  expect(isBeyondDouble(text)).toBe(expected);
});

test("two numbers are the same exactly when their canonical texts are", () => {
  const digits = fc.stringMatching(/^(?:0|[1-9]\d{0,16})$/);
  const number = fc
    .tuple(
      fc.constantFrom("", "-"),
      digits,
      fc.stringMatching(/^(?:\.[0-9]{1,17})?$/),
      fc.constantFrom("", "", "e1", "E-2"),
    )
    .map((parts) => parts.join(""));
  const nearby = fc
    .tuple(fc.constantFrom("0", "1", "10", "0.1", "1.5"), fc.constantFrom("", ".0", ".5", "0", "e0"))
    .map((parts) => parts.join(""));
  const either = fc.oneof(
    number,
    nearby.filter((text) => /^(?:0|[1-9]\d*)(?:\.\d+)?(?:e0)?$/.test(text)),
  );
  fc.assert(
    fc.property(either, either, (left, right) => {
      expect(isSameNumber(left, right)).toBe(canonicalNumber(left) === canonicalNumber(right));
    }),
  );
});
