/** Whole numbers beyond 2^53 that differ in a digit: a number went through a double somewhere. */
import { bothNumbers } from "../excerpt-value.ts";
import { isBeyondDouble } from "../json/number.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const integerPrecision: DifferenceRule = {
  id: "integer-precision",
  title: "Digits of a large number lost",
  ...PROVEN_CRITICAL,
  fires: (difference, scene) => {
    const numbers = difference.kind === "value" ? bothNumbers(difference) : null;
    if (numbers === null || !isBeyondDouble(numbers[0])) return false;
    return Number(numbers[0]) === Number(numbers[1]) || !scene.varies(difference.pattern, ["value"]);
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${reference} and is ${shadow}: whole numbers beyond 2^53 lose digits as doubles.`,
};
