/**
 * Numbers that name a person's account: payment cards, IBANs and, where asked for, telephone numbers. Cards and IBANs
 * carry check digits, so an order number of the same length mostly stays.
 */
import type { Span } from "./rules.ts";

/** A run of digits that may be a card: groups are set apart by one space or dash. */
const DIGIT_RUN = /(?<![A-Za-z0-9.-])\d(?:[ -]?\d){11,18}(?![\d-]*[A-Za-z0-9]|\.\d)/g;

/** How cards are written in groups, by the lengths of the groups: 16 digits, American Express, Diners Club, 19 digits. */
const GROUPS = new Set(["4,4,4,4", "4,6,5", "4,6,4", "4,4,4,4,3", "4,6,5,4", "4,4,5", "4,5,6", "6,13", "4,4,4,3"]);

/** First digits of the card issuers and the lengths they use (ISO/IEC 7812; https://en.wikipedia.org/wiki/Payment_card_number). */
const ISSUERS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-59]|[689])/, [14, 15, 16, 17, 18, 19]],
  [/^(?:6011|64[4-9]|65|62|81)/, [16, 17, 18, 19]],
  [/^(?:352[89]|35[3-8])/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [12, 13, 14, 15, 16, 17, 18, 19]],
  [/^(?:60|508|353|356|220[0-4]|9792|636|637|638)/, [16]],
];

/** Where cards stand in a text. */
export function cardsIn(text: string): readonly Span[] {
  return Array.from(text.matchAll(DIGIT_RUN), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  })).filter(({ start, end }) => isCardNumber(text.slice(start, end)));
}

/** A whole text that is a card number: form, issuer and check digit (Luhn, ISO/IEC 7812-1 annex B). */
export function isCardNumber(text: string): boolean {
  if (text.length < 12 || text.length > 24 || !/^\d[\d -]+\d$/.test(text)) return false;
  const groups = text.split(/[ -]/);
  if (groups.length > 1 && !GROUPS.has(groups.map(({ length }) => length).join(","))) return false;
  const digits = groups.join("");
  return hasIssuer(digits) && passesLuhn(digits);
}

function hasIssuer(digits: string): boolean {
  return ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits));
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at -= 1, double = !double) {
    const digit = digits.charCodeAt(at) - 48;
    sum += double ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
  }
  return sum % 10 === 0;
}

/**
 * Lengths of IBANs by country (ISO 13616; registry: https://www.swift.com/standards/data-standards/iban-international-bank-account-number).
 */
const IBAN_LENGTHS = new Map(
  (
    "NO15 BE16 DK18 FI18 FK18 FO18 GL18 NL18 SD18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 MN20 XK20 CH21 HR21 LI21 LV21 " +
    "BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 " +
    "SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 " +
    "GT28 HN28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 SC31 LC32 MT31 YE30 RU33 DZ26 AO25 BJ28 " +
    "BF28 CM27 CV25 CI28 GA27 HU28 IR26 MG27 ML28 MZ25 SN28 NE28 TG28 CF27 TD27 KM27 CG27 GQ27 GW25 MA28"
  )
    .split(" ")
    .map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const IBAN_START = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9]{4})/g;

/** Where IBANs stand in a text, in groups of four or not. */
export function ibansIn(text: string): readonly Span[] {
  return Array.from(text.matchAll(IBAN_START), ({ index }) => ibanAt(text, index)).filter((span) => span !== undefined);
}

/** As many letters and digits as the country's IBANs have, nothing of that kind behind them, and the right check digits. */
function ibanAt(text: string, start: number): Span | undefined {
  const length = IBAN_LENGTHS.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) return undefined;
  let compact = "";
  let end = start;
  for (; compact.length < length && end < text.length; end += 1) {
    const character = text.charAt(end);
    if (/[A-Za-z0-9]/.test(character)) compact += character;
    else if (!/[ -]/.test(character)) return undefined;
  }
  const fits =
    compact.length === length && !/[A-Za-z0-9]/.test(text.charAt(end)) && hasIbanCheck(compact.toUpperCase());
  return fits ? { start, end } : undefined;
}

/** ISO 7064, mod 97-10: letters count from 10, the first four characters go to the end, and the remainder is 1. */
function hasIbanCheck(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** International form (ITU-T E.123), and national ones in groups with an area code. */
const PHONE =
  /(?<![\w.+-])(?:\+\d(?:[ ./-]?\(?\d\)?){6,14}|\(\d{2,5}\)[ ./-]?\d(?:[ ./-]?\d){4,10}|0\d{1,5}[ ./-]\d(?:[ ./-]?\d){4,10}|0\d{8,11}|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4})(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w-])/g;

/** Where telephone numbers stand in a text. Many ordinary numbers look like one, so it has to be asked for. */
export function phonesIn(text: string): readonly Span[] {
  return Array.from(text.matchAll(PHONE), ({ 0: { length }, index }) => ({ start: index, end: index + length }));
}
