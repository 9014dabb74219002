/** Another currency. */
import { bothStrings } from "../excerpt-value.ts";
import { isCurrencyName, isMoneyPattern, leafName } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

/** The most traded codes of ISO 4217. Others count where the field's name speaks of a currency. */
const CODES = new Set(
  (
    "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NOK NZD PEN PHP PLN RON RUB SAR SEK " +
    "SGD THB TWD UAH USD VND ZAR"
  ).split(" "),
);
const SYMBOL = /\p{Sc}/u;

export const currencyChanged: DifferenceRule = {
  id: "currency-changed",
  title: "Currency changed",
  ...PROVEN_CRITICAL,
  fires: (difference) => {
    const texts = difference.part === "body" && difference.kind === "value" ? bothStrings(difference) : null;
    if (texts === null) return false;
    const [left, right] = texts;
    if (isCode(left) && isCode(right))
      return isCurrencyName(leafName(difference.pattern)) || (CODES.has(left) && CODES.has(right));
    return isMoneyPattern(difference.pattern) && SYMBOL.exec(left)?.[0] !== SYMBOL.exec(right)?.[0];
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}: another currency.`,
};

function isCode(text: string): boolean {
  return /^[A-Za-z]{3}$/.test(text);
}
