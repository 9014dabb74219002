/**
 * Generic words of field names, split from any spelling (`unitPrice`, `unit_price`, `unit-price`). Knowledge of the trade
 * at large, never of one service's fields. A name supports what a value shows; alone it never excuses a difference.
 */

const IDS = words("id ids uuid guid key ref reference code slug sku number no nr handle username email isbn ean iban");
const MONEY = words(
  "price prices amount amounts total totals subtotal cost costs fee fees balance tax taxes vat gst discount rebate refund " +
    "charge charges payment paid due salary wage fare tip revenue invoice surcharge deposit cents pence currency money",
);
/** Beside these a money word counts things: `total_pages`, `amount_of_items`. */
const COUNTS = words(
  "count counts pages page items results records rows hits entries elements seconds minutes hours days ms millis time duration " +
    "weight bytes size rate percent percentage users requests pagination paging meta",
);
/** Around a money word these count things: `pagination.total`. */
const PAGING = words("pagination paging page pages pager meta stats counts");
const CURRENCY = words("currency currencies ccy");
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
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** The last field name of a path pattern: `price` of `$.items[*].price`, `total` of `$.total[*]`. */
export function leafName(pattern: string): string {
  return fieldNames(pattern).at(-1) ?? "";
}

/** A name of something that is told apart by it: `id`, `orderId`, `user_ref`. */
export function isIdName(name: string): boolean {
  const last = wordsOf(name).at(-1);
  return last !== undefined && IDS.has(last);
}

/** A name of an amount of money, with its surroundings: `$.cart.total`, not `$.meta.total_pages`. */
export function isMoneyPattern(pattern: string): boolean {
  const names = fieldNames(pattern);
  const leaf = wordsOf(names.at(-1) ?? "");
  const around = wordsOf(names.at(-2) ?? "");
  const money = leaf.some((word) => MONEY.has(word)) || (isPlainAmount(leaf) && around.some((word) => MONEY.has(word)));
  const name = names.at(-1) ?? "";
  if (!money || isIdName(name) || isTimeName(name)) return false;
  return !leaf.some((word) => COUNTS.has(word)) && !around.some((word) => PAGING.has(word));
}

/** `{"price": {"value": 12}}`: the money word stands one level up. */
function isPlainAmount(leaf: readonly string[]): boolean {
  return leaf.some((word) => ["value", "net", "gross", "min", "max", "units", "minor", "raw"].includes(word));
}

export function isCurrencyName(name: string): boolean {
  return wordsOf(name).some((word) => CURRENCY.has(word));
}

/** A name of something made anew for each request or each running copy. */
export function isVolatileName(name: string): boolean {
  return wordsOf(name).some((word) => VOLATILE.has(word));
}

export function isTimeName(name: string): boolean {
  return wordsOf(name).some((word) => TIME.has(word));
}

function fieldNames(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\.([A-Za-z_$][\w$-]*)|\["((?:[^"\\]|\\.)*)"\]/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
