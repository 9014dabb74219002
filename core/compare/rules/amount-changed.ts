/** Another amount of money: a number under a name that speaks of money, or a text that carries a currency's sign. */

import type { Answer } from "../../pair/pair.ts";
import type { Difference } from "../difference.ts";
import { bothNumbers, bothStrings, excerptText } from "../excerpt-value.ts";
import { isLooseMoneyName, isMoneyPattern, leafName } from "../names.ts";
import { embeddedMoney, moneyOf } from "./money-text.ts";
import { isPriced } from "./priced.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** Keys beside which a total counts elements. */
const PAGING = /"(?:page|pages|page_?size|per_?page|limit|offset|has_?more|next|next_?page|next_?cursor|cursor)"\s*:/i;
/** Words without which a whole `total` beside a list counts its elements. */
const MONEY =
  /"[^"]{0,40}(?:price|amount|currency|subtotal|tax|vat|cost|fee|shipping|discount|cents|paid|charge|balance)[^"]{0,40}"\s*:/i;

/** Relative difference below which two amounts are one: far above the noise of doubles, far below a cent. */
const SAME_AMOUNT = 1e-12;

export const amountChanged: DifferenceRule = {
  id: "amount-changed",
  title: "Amount changed",
  why: "Money that is another amount is charged, paid out or promised wrongly.",
  example: "`$.total` was 12.50 and is 1250",
  ...PROVEN_CRITICAL,
  fires: (difference, { reference }) => {
    if (difference.part !== "body" || difference.kind !== "value") return false;
    const texts = bothStrings(difference);
    const written = texts && embeddedMoney(texts[0], texts[1]);
    if (written !== null) return written.some(([was, is]) => !isSameAmount([was.amount, is.amount]));
    if (!isMoneyPattern(difference.pattern) && !standsBesideCurrency(difference, reference)) return false;
    const amounts = bothAmounts(difference);
    return amounts !== null && !isSameAmount(amounts) && !isPageTotal(difference, amounts[0], reference.body);
  },
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};

/** A `sum` or a `value` is money where its currency stands beside it. */
function standsBesideCurrency({ pattern, reference: excerpt }: Difference, reference: Answer): boolean {
  const name = leafName(pattern);
  const value = excerptText(excerpt);
  return value !== null && isLooseMoneyName(name) && isPriced(reference, name, value);
}

function bothAmounts(difference: Difference): readonly [number, number] | null {
  const numbers = bothNumbers(difference);
  if (numbers !== null) return [Number(numbers[0]), Number(numbers[1])];
  const texts = bothStrings(difference);
  const [was, is] = texts === null ? [null, null] : [moneyOf(texts[0]), moneyOf(texts[1])];
  return was === null || is === null ? null : [was.amount, is.amount];
}

/** `12.5` and `12,50`, or a sum whose last binary digit differs: another notation, the same money. */
function isSameAmount([left, right]: readonly [number, number]): boolean {
  return Math.abs(left - right) <= Math.abs(left) * SAME_AMOUNT;
}

/** A whole `total` in an answer that speaks of pages, or of no money at all, counts what is listed. */
function isPageTotal({ pattern }: Difference, amount: number, body: string): boolean {
  if (!/\btotal$/i.test(pattern) || !Number.isInteger(amount)) return false;
  return PAGING.test(body) || (pattern === "$.total" && body.includes("[") && !MONEY.test(body));
}
