/**
 * Generic words of field names, split from any spelling (`unitPrice`, `unit_price`, `unit-price`). Knowledge of the trade
 * at large, never of one service's fields. A name supports what a value shows; alone it never excuses a difference.
 */
import { remembered } from "./remembered.ts";

const IDS = words(
  "id ids uuid guid key ref reference code slug sku number no nr handle username email isbn ean iban vin imei iccid gtin asin isrc issn doi orcid",
);
const MONEY = words(
  "price prices amount amounts amt total totals subtotal cost costs fee fees balance tax taxes vat gst discount rebate refund " +
    "charge charges payment paid due salary wage fare tip revenue invoice surcharge deposit cents pence currency money " +
    "earnings balances sales credit credits debit payout payouts premium budget spend spent outstanding bid msrp mrp rrp rent toll bonus commission " +
    "royalty dividend postage preis betrag gesamtbetrag saldo kosten steuer rabatt umsatz gehalt miete gebuehr prix montant solde frais " +
    "taxe precio importe saldo costo coste prezzo bedrag prijs belopp moms cena kwota preco valor",
);
/** Compounds of German and its neighbours: `gesamtpreis`, `rechnungsbetrag`. */
const MONEY_ENDS = /^\w{3,}(?:betrag|preis|kosten|summe|gebuehr|steuer|rabatt|belopp|bedrag|prijs)$/;
/** Speak of money where a currency stands beside them. */
const LOOSE_MONEY = words(
  "sum value net gross rate worth figure current available limit total min max minor units nanos summe valor unit",
);
const RATES = words("nightly daily hourly weekly monthly room base");
/** Beside these a money word counts things: `total_pages`, `amount_of_items`. */
const COUNTS = words(
  "count counts pages page items results records rows hits entries elements seconds minutes hours days ms millis time duration " +
    "weight bytes size rate percent percentage users requests pagination paging meta",
);
/** Around a money word these count things: `pagination.total`. */
const PAGING = words("pagination paging page pages pager meta stats counts");
/** Words that alone name somebody or something for good, and those that do beside `id`. */
const IDENTITIES = words("id uuid guid sku isbn ean iban email username login handle userid accountid");
const CURRENCY = words("currency currencies ccy cur waehrung devise moneda valuta valuuta moeda");
const CURRENCY_FORMS = words("display format position style count");
const VOLATILE = words(
  "request req trace span correlation transaction nonce csrf xsrf token session sid signature sig cursor etag hash digest checksum " +
    "salt challenge state impression event tracking idempotency continuation page next prev previous after before upload " +
    "instance server host node pod container build deployment deploy release revision version commit worker process cache",
);
const TIME = words(
  "time at ts timestamp date datetime expires expiry exp iat nbf auth created updated modified generated issued now epoch since " +
    "until valid clock seen fetched started finished",
);

/** The words of a name, lower case. */
export const wordsOf = remembered((name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== ""),
);

/** The last field name of a path pattern: `price` of `$.items[*].price`, `total` of `$.total[*]`. */
export function leafName(pattern: string): string {
  return fieldNames(pattern).at(-1) ?? "";
}

/** The field name around the last one: `owner` of `$.owner.id`; empty where there is none. */
export function outerName(pattern: string): string {
  return fieldNames(pattern).at(-2) ?? "";
}

/** A name of something that is told apart by it: `id`, `orderId`, `user_ref`. */
export function isIdName(name: string): boolean {
  const last = wordsOf(name).at(-1);
  return last !== undefined && IDS.has(last);
}

/** A name of who or what the answer is about, rather than of any reference number: `id`, `owner_id`, `email`. */
export function isIdentityName(name: string): boolean {
  const last = wordsOf(name).at(-1);
  return last !== undefined && IDENTITIES.has(last) && !isVolatileName(name);
}

/** A name of an amount of money, with its surroundings: `$.cart.total`, not `$.meta.total_pages`. */
export function isMoneyPattern(pattern: string): boolean {
  const names = fieldNames(pattern);
  const leaf = wordsOf(names.at(-1) ?? "");
  const around = wordsOf(names.at(-2) ?? "");
  const money =
    leaf.some((word) => MONEY.has(word) || MONEY_ENDS.test(word)) ||
    (leaf.includes("rate") && leaf.some((word) => RATES.has(word))) ||
    (isPlainAmount(leaf) && around.some((word) => MONEY.has(word)));
  const name = names.at(-1) ?? "";
  if (!money || isIdName(name) || isTimeName(name)) return false;
  return (
    !leaf.some((word, at, all) => word !== "rate" && isCountWord(word, at, all)) &&
    !around.some((word) => PAGING.has(word))
  );
}

/** `total_votes`: with a plural that is no money, a total counts. */
function isCountWord(word: string, _: number, all: readonly string[]): boolean {
  if (COUNTS.has(word)) return true;
  return /^(?:total|amount)$/.test(all[0] ?? "") && all.length === 2 && /[^s]s$/.test(word) && !MONEY.has(word);
}

/** A name that speaks of money beside a currency: `sum`, `value`, `rate`. */
export function isLooseMoneyName(name: string): boolean {
  const own = wordsOf(name);
  return (
    own.some((word) => LOOSE_MONEY.has(word)) &&
    !own.some((word) => word !== "rate" && COUNTS.has(word)) &&
    !isIdName(name)
  );
}

const PLAIN_AMOUNTS = words(
  "value net gross min max units nanos minor raw current available pending opening closing eur usd gbp chf jpy",
);

/** `{"price": {"value": 12}}`: the money word stands one level up. */
function isPlainAmount(leaf: readonly string[]): boolean {
  return leaf.some((word) => PLAIN_AMOUNTS.has(word));
}

export function isCurrencyName(name: string): boolean {
  const own = wordsOf(name);
  return (
    own.some((word) => CURRENCY.has(word) || word === "currencycode") && !own.some((word) => CURRENCY_FORMS.has(word))
  );
}

/** A name of something made anew for each request or each running copy. */
export function isVolatileName(name: string): boolean {
  return wordsOf(name).some((word) => VOLATILE.has(word));
}

export function isTimeName(name: string): boolean {
  return wordsOf(name).some((word) => TIME.has(word));
}

/** What XML calls an element's own text is named by the element. `.price`, `["unit price"]`; in pages `span.price`, `input[name=csrf]`, `@href`. What `@value` holds is named by its element. */
const FIELD =
  /\.([A-Za-z_$][\w$-]*)|\["(?!#text")((?:[^"\\]|\\.)*)"\]|\[name=([^\]]*)\]|@(?!value\b|content\b)([\w:-]+)/g;

const fieldNames = remembered((pattern: string): readonly string[] =>
  [...pattern.matchAll(FIELD)].map((match) => match.slice(1).find((name) => name !== undefined) ?? ""),
);

/** A path to a field of data, in a body of data or in data inside a page; not to an element, a line or a whole body. */
export function isFieldPath(path: string): boolean {
  return path.startsWith("$") || / \$(?:$|[.[])/.test(path);
}

/** A path to an element, an attribute or a text of a page. */
export function isPagePath(path: string): boolean {
  return path.startsWith("html") && !path.startsWith("html:") && !isFieldPath(path);
}

/** Where a page names a file that a build made, whose name carries a hash of it: `html > head > script @src`. */
export function isAssetPath(pattern: string): boolean {
  return /> (?:link|script|img|source)\b[^>]* @(?:href|src|srcset|integrity)$/.test(pattern);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
