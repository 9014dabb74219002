/** Another amount of money: a number under a name that speaks of money. */
import type { Difference } from "../difference.ts";
import { bothNumbers, bothStrings } from "../excerpt-value.ts";
import { isMoneyPattern } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** `12.50`, `1,234.00 EUR`, `$12`. */
const AMOUNT = /^\s*(?:\p{Sc}|[A-Z]{3})?\s*-?\d[\d.,' ]*\s*(?:\p{Sc}|[A-Z]{3})?\s*$/u;

/** Keys beside which a total counts elements. */
const PAGING = /"(?:page|pages|page_?size|per_?page|limit|offset|has_?more|next|next_?page|next_?cursor|cursor)"\s*:/i;

/** Relative difference below which two amounts are one: far above the noise of doubles, far below a cent. */
const SAME_AMOUNT = 1e-12;

export const amountChanged: DifferenceRule = {
  id: "amount-changed",
  title: "Amount changed",
  ...PROVEN_CRITICAL,
  fires: (difference, { reference }) => {
    if (difference.part !== "body" || difference.kind !== "value" || !isMoneyPattern(difference.pattern)) return false;
    const texts = bothStrings(difference);
    const amounts = bothNumbers(difference) ?? (texts?.every((text) => AMOUNT.test(text)) ? texts : null);
    return amounts !== null && !isSameAmount(amounts) && !isPageTotal(difference, amounts[0], reference.body);
  },
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};

/** `12.5` and `12.50`, or a sum whose last binary digit differs: another notation, the same money. */
function isSameAmount(amounts: readonly [string, string]): boolean {
  const [left, right] = amounts.map((text) => Number(text.replaceAll(/[^\d.-]/g, "")));
  if (left === undefined || right === undefined) return false;
  return Math.abs(left - right) <= Math.abs(left) * SAME_AMOUNT;
}

/** A whole `total` in an answer that speaks of pages counts what is listed. */
function isPageTotal({ pattern }: Difference, amount: string, body: string): boolean {
  return pattern.endsWith(".total") && /^\d+$/.test(amount) && PAGING.test(body);
}
