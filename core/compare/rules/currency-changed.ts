/** Another currency. */
import { bothStrings } from "../excerpt-value.ts";
import { isCurrencyName, isMoneyPattern, leafName } from "../names.ts";
import { embeddedMoney, moneyOf } from "./money-text.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** The most traded codes of ISO 4217. Others count where the field's name speaks of a currency. */
const CODES = new Set(
  (
    "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NOK NZD PEN PHP PLN RON RUB SAR SEK " +
    "SGD THB TWD UAH USD VND ZAR"
  ).split(" "),
);

export const currencyChanged: DifferenceRule = {
  id: "currency-changed",
  title: "Currency changed",
  why: "The same number is another amount of money.",
  example: '`$.currency` was "EUR" and is "USD"',
  ...PROVEN_CRITICAL,
  fires: (difference) => {
    const texts = difference.part === "body" && difference.kind === "value" ? bothStrings(difference) : null;
    if (texts === null) return false;
    const [left, right] = texts;
    if (isCode(left) && isCode(right))
      return isCurrencyName(leafName(difference.pattern)) || (CODES.has(left) && CODES.has(right));
    const written = embeddedMoney(left, right);
    if (written !== null) return written.some(([was, is]) => was.currency !== is.currency);
    if (!isMoneyPattern(difference.pattern)) return false;
    const [was, is] = [moneyOf(left), moneyOf(right)];
    return was !== null && is !== null && was.currency !== is.currency;
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}: another currency.`,
};

function isCode(text: string): boolean {
  return /^[A-Za-z]{3}$/.test(text);
}
