/** Another amount of money: a number under a name that speaks of money. */
import { bothNumbers, bothStrings } from "../excerpt-value.ts";
import { isMoneyPattern } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** `12.50`, `1,234.00 EUR`, `$12`. */
const AMOUNT = /^\s*(?:\p{Sc}|[A-Z]{3})?\s*-?\d[\d.,' ]*\s*(?:\p{Sc}|[A-Z]{3})?\s*$/u;

export const amountChanged: DifferenceRule = {
  id: "amount-changed",
  title: "Amount changed",
  ...PROVEN_CRITICAL,
  fires: (difference) => {
    if (difference.part !== "body" || difference.kind !== "value" || !isMoneyPattern(difference.pattern)) return false;
    return bothNumbers(difference) !== null || (bothStrings(difference)?.every((text) => AMOUNT.test(text)) ?? false);
  },
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};
