/** Whole numbers beyond 2^53 that differ: at that size they are ids and counters of a machine, not quantities. */
import { bothNumbers } from "../excerpt-value.ts";
import { isBeyondDouble } from "../json/number.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const largeIntegerChanged: DifferenceRule = {
  id: "large-integer-changed",
  title: "Large number changed",
  why: "Numbers of that size are ids, so this is about something else.",
  example: "`$.id` of 19 digits is another one",
  ...PROVEN_CRITICAL,
  fires: (difference) => {
    const numbers = difference.kind === "value" ? bothNumbers(difference) : null;
    return numbers !== null && isBeyondDouble(numbers[0]);
  },
  explain: ({ path, reference, shadow }) => `${path} was ${reference} and is ${shadow}.`,
};
