/** Whole numbers beyond 2^53 that are one and the same double: a number went through a double somewhere and lost digits. */
import { bothNumbers } from "../excerpt-value.ts";
import { isBeyondDouble } from "../json/number.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const integerPrecision: DifferenceRule = {
  id: "integer-precision",
  title: "Digits of a large number lost",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: (difference) => {
    const numbers = difference.kind === "value" ? bothNumbers(difference) : null;
    return numbers !== null && isBeyondDouble(numbers[0]) && Number(numbers[0]) === Number(numbers[1]);
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${reference} and is ${shadow}: whole numbers beyond 2^53 lose digits as doubles.`,
};
