/**
 * Keys that are codes of a standard: currencies, countries and locales (`{"EUR": …, "USD": …}`). An object with such keys is a map, and
 * all its entries are one place. Told from the key alone, never from its neighbours: an answer with one price must get the same
 * signature as one with five. So codes that are words or usual names of fields (`ID`, `NO`, `ALL`, `TRY`) are left out.
 */

/** ISO 4217. */
const CURRENCIES = new Set(
  (
    "AED AFN AMD ANG AOA ARS AUD AWG AZN BBD BDT BGN BHD BND BRL BSD BTN BWP BYN BZD CAD CHF CLP CNY CRC CVE CZK DKK DZD EGP ETB EUR " +
    "FJD GBP GHS GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KRW KWD KYD KZT LBP LKR LYD MAD MDL MKD " +
    "MMK MNT MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SCR SEK SGD SYP THB TJS " +
    "TND TTD TWD TZS UAH UGX USD UYU UZS VES VND XAF XCD XOF XPF YER ZAR ZMW"
  ).split(" "),
);

/** ISO 3166-1, alpha-2. */
const COUNTRIES = new Set(
  (
    "AE AT AU BE BG BR CH CL CZ DE DK EE EG ES FI FR GB GR HK HU IE IL JP KE KR LT LU LV MX NG NL NZ PH PK PL PT RO RS RU SA SE SG SK " +
    "TH TR TW UA US UY VN ZA"
  ).split(" "),
);

/** `en-US`, `pt_BR`, `zh-Hans-CN`, `es-419`. */
const LOCALE = /^[a-z]{2,3}(?:[-_][A-Z][a-z]{3})?[-_](?:[A-Z]{2}|\d{3})$/;

/** `is_OK`: the second half is no region. */
const NO_REGION = /[-_](?:OK|ID|NO|IP|UI|TV)$/;

const MAX_CODE_CHARS = 12;

export function isCodeKey(key: string): boolean {
  if (key.length === 3) return CURRENCIES.has(key);
  if (key.length === 2) return COUNTRIES.has(key);
  return key.length <= MAX_CODE_CHARS && LOCALE.test(key) && !NO_REGION.test(key);
}
