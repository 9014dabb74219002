/** The most traded codes of ISO 4217. Others count where the field's name speaks of a currency. */
const LIST =
  "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN MYR NOK NZD PEN PHP PLN RON RUB SAR SEK " +
  "SGD THB TWD UAH USD VND ZAR";

export const CURRENCY_CODES: ReadonlySet<string> = new Set(LIST.split(" "));

/** For regular expressions: one of the codes. */
export const ANY_CODE = `(?:${LIST.replaceAll(" ", "|")})`;
