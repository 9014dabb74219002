/** Which amounts of an answer stand beside a currency: `{"value": 5, "currency": "EUR"}`, `<Sum cur="SEK">5</Sum>`, a row of CSV. */
import type { Answer } from "../../pair/pair.ts";

const MENTION =
  /"(?:@?cur|ccy|currency(?:_?code|_?id|iso)?|priceCurrency|waehrung|devise|moneda|valuta)"\s*:\s*"[A-Za-z]{3}"/gi;
const NUMBER_MEMBER = /"([^"\\]{1,64})"\s*:\s*"?(-?\d{1,15}(?:[.,]\d{1,15}){0,3})"?/g;
const XML_AMOUNT =
  /\b(?:cur|ccy|currency\w{0,6})\s*=\s*["'][A-Za-z]{3}["'][^<>]{0,200}>\s*(-?\d{1,15}(?:[.,]\d{1,15}){0,3})\s*</gi;
const CSV_HEADER = /^[^\n]{0,2000}\b(?:currency|ccy|cur|waehrung|devise)\b/i;

/** An object with a currency is looked at this far to either side, in characters; and this many of them. */
const MAX_SPAN = 400;
const MAX_MENTIONS = 2_000;

/** Whether this number of the reference stands beside a currency. */
export function isPriced(reference: Answer, name: string, value: string): boolean {
  const known = KNOWN.get(reference) ?? pricedIn(reference.body);
  KNOWN.set(reference, known);
  return known.has(`${name}:${value}`) || known.has(`:${value}`) || known.has(CSV);
}

const KNOWN = new WeakMap<Answer, ReadonlySet<string>>();
const CSV = "csv";

function pricedIn(body: string): ReadonlySet<string> {
  const found = new Set<string>();
  let mentions = 0;
  for (const match of body.matchAll(MENTION)) {
    if (++mentions > MAX_MENTIONS) break;
    for (const [, name = "", value = ""] of objectAround(body, match.index).matchAll(NUMBER_MEMBER))
      found.add(`${name}:${value}`);
  }
  for (const match of body.matchAll(XML_AMOUNT)) found.add(`:${match[1] ?? ""}`);
  if (!/^\s*[[{<]/.test(body) && CSV_HEADER.test(body)) found.add(CSV);
  return found;
}

/** The text around a place up to the braces. */
function objectAround(body: string, at: number): string {
  const before = body.slice(Math.max(0, at - MAX_SPAN), at);
  const after = body.slice(at, at + MAX_SPAN);
  const end = after.search(/[{}]/);
  return (
    before.slice(Math.max(before.lastIndexOf("{"), before.lastIndexOf("}")) + 1) +
    (end === -1 ? after : after.slice(0, end))
  );
}
