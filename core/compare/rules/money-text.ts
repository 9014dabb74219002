/** Amounts of money written as text: `12.50`, `1.234,00 €`, `USD 12`, `-$3`. Bounded, because texts come from strangers. */

import { ANY_CODE } from "./currencies.ts";

export interface Money {
  readonly amount: number;
  /** A symbol or a code as it is written; null where there is none. */
  readonly currency: string | null;
}

/** Longer texts are sentences. */
const MAX_CHARS = 40;

const NUMBER = /^([-+−]?)(\d[\d.,'’\u00a0\u202f ]{0,24})$/;
const SIGN_OR_CODE = /^(?:[A-Z]{2})?\p{Sc}|\p{Sc}$|^[A-Z]{3}(?![A-Z])|(?<![A-Z])[A-Z]{3}$/u;

/** Amounts with a symbol or a code inside a text. */
const EMBEDDED = new RegExp(
  String.raw`(?:\p{Sc}|\b${ANY_CODE})[ \u00a0]?-?\d[\d.,]{0,20}|-?\d[\d.,]{0,20}[ \u00a0]?(?:\p{Sc}|${ANY_CODE}\b)`,
  "gu",
);

/** The money that a whole text stands for; null where it says something else. */
export function moneyOf(text: string): Money | null {
  if (text.length > MAX_CHARS) return null;
  // `-$3` and `$-3`, `(3.00)` of bookkeeping.
  const booked = /^\((.*)\)$/.exec(text.trim());
  const plain = booked === null ? text.trim() : `-${booked[1]}`;
  const unsigned = plain.replace(/^[-−]\s?/, "");
  const currency = SIGN_OR_CODE.exec(unsigned)?.[0] ?? null;
  const digits = (currency === null ? unsigned : unsigned.replace(currency, "")).trim();
  const match = NUMBER.exec(digits);
  if (match === null) return null;
  const negative = (unsigned !== plain) !== /[-−]/.test(match[1] ?? "");
  const amount = amountOf(match[2] ?? "");
  return amount === null ? null : { amount: negative ? -amount : amount, currency };
}

/** The last separator is the decimal one unless three digits follow it or it stands more than once. */
function amountOf(digits: string): number | null {
  const plain = digits.replaceAll(/['’\u00a0\u202f ]/g, "").replace(/[.,]$/, "");
  const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  if (last === -1) return Number(plain);
  const separator = plain[last] ?? "";
  const other = separator === "." ? "," : ".";
  const many = plain.split(separator).length > 2;
  const thousands = many || (separator === "," && plain.length - last === 4 && !plain.includes(other));
  const whole = thousands
    ? plain.replaceAll(/[.,]/g, "")
    : `${plain.slice(0, last).replaceAll(/[.,]/g, "")}.${plain.slice(last + 1)}`;
  const amount = Number(whole);
  return Number.isNaN(amount) ? null : amount;
}

/** Two texts that are equal but for amounts that carry a symbol: those amounts. Null where anything else differs. */
export function embeddedMoney(reference: string, shadow: string): readonly (readonly [Money, Money])[] | null {
  const [left, right] = [reference.match(EMBEDDED) ?? [], shadow.match(EMBEDDED) ?? []];
  if (left.length === 0 || left.length !== right.length) return null;
  if (reference.replaceAll(EMBEDDED, "\u0000") !== shadow.replaceAll(EMBEDDED, "\u0000")) return null;
  const pairs = left.flatMap((text, at) => {
    const [was, is] = [moneyOf(text), moneyOf(right[at] ?? "")];
    return was === null || is === null ? [] : [[was, is] as const];
  });
  return pairs.length === left.length ? pairs : null;
}
