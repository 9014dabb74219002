/** Whole numbers beyond 2^53 that are one and the same double: a number went through a double somewhere and lost digits. */
import { bothNumbers } from "../excerpt-value.ts";
import { isBeyondDouble } from "../json/number.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const integerPrecision: DifferenceRule = {
  id: "integer-precision",
  title: "Digits of a large number lost",
  why: "A number went through a double and lost digits: it is another id now.",
  example: "`9007199254740993` became `9007199254740992`",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: (difference) => {
    const numbers = difference.kind === "value" ? bothNumbers(difference) : null;
    return numbers !== null && isBeyondDouble(numbers[0]) && Number(numbers[0]) === Number(numbers[1]);
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${reference} and is ${shadow}: whole numbers beyond 2^53 lose digits as doubles.`,
};
