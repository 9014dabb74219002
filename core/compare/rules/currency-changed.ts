/** Another currency. */
import { bothStrings } from "../excerpt-value.ts";
import { isCurrencyName, isMoneyPattern, leafName, outerName } from "../names.ts";
import { CURRENCY_CODES } from "./currencies.ts";
import { embeddedMoney, moneyOf } from "./money-text.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

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
      return isCurrencyName(leafName(difference.pattern)) || (CURRENCY_CODES.has(left) && CURRENCY_CODES.has(right));
    if (isNamedCurrency(difference.pattern, texts) || texts.every((text) => /^[A-Z]{0,2}\p{Sc}$/u.test(text)))
      return true;
    const written = embeddedMoney(left, right);
    if (written !== null) return written.some(([was, is]) => was.currency !== is.currency);
    if (!isMoneyPattern(difference.pattern)) return false;
    const [was, is] = [moneyOf(left), moneyOf(right)];
    return was !== null && is !== null && was.currency !== is.currency;
  },
  explain: ({ path, reference, shadow }) =>
    `${path} was ${shown(reference)} and is ${shown(shadow)}: another currency.`,
};

/** `currency: "euro"`, `currencies.EUR.name`. */
function isNamedCurrency(pattern: string, texts: readonly string[]): boolean {
  const name = leafName(pattern);
  const named =
    isCurrencyName(name) || (/^(?:code|name|symbol|iso|value)$/i.test(name) && isCurrencyName(outerName(pattern)));
  return named && texts.every((text) => /^[\p{L}\p{Sc}][\p{L} .]{0,30}$/u.test(text));
}

function isCode(text: string): boolean {
  return /^[A-Za-z]{3}$/.test(text);
}
