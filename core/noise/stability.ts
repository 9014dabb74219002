/**
 * What a field's name says of how long its value lasts: made by each side for itself, made from the content, a time. Names
 * support what values show and never stand alone; words of the trade at large, never of one service.
 */
import { isIdName, wordsOf } from "../compare/names.ts";

const OF_SIDE = words(
  "served request req trace span correlation rid reqid requestid traceid rayid ray transaction nonce csrf xsrf token session sid salt challenge state impression event " +
    "tracking idempotency instance server host hostname node pod container build deployment deploy release revision worker process",
);
const OF_CONTENT = words("hash digest checksum integrity fingerprint md5 sha1 sha256 sha384 sha512 crc32 sri");
const POSITION = words("cursor continuation after before next prev previous page scroll");

/** Made by each running copy for itself: two copies never agree, although each of them may keep it. */
export function isOfSide(name: string): boolean {
  return wordsOf(name).some((word) => OF_SIDE.has(word));
}

/** Computed from what the answer is about: where that is the same, so is this. */
export function isOfContent(name: string): boolean {
  return wordsOf(name).some((word) => OF_CONTENT.has(word));
}

/** Names of what each visit to a page is given, in its markup and links; as a field of data they name a business's own things. */
export function isOfVisit(text: string): boolean {
  return wordsOf(text).some((word) => OF_VISIT.has(word));
}

const OF_VISIT = words("visit visitor pageview flow incident boot");

/** Who and what there was before the request: no answer makes them anew. `$.creditor.iban`, `customer_id`, `createdBy`. */
export function isOfStanding(pattern: string): boolean {
  const names = pattern.split(/[.[\]"]+/).filter((step) => step !== "");
  const [leaf = "", around = ""] = names.toReversed();
  const own = wordsOf(leaf);
  const last = own.at(-1) ?? "";
  if (last === "by") return own[0] !== "served";
  if (LASTING.has(last) || own.some((word) => BY_NAME.has(word))) return true;
  return isIdName(leaf) && [...own, ...wordsOf(around)].some((word) => LASTING.has(word));
}

const LASTING = words(
  "user customer client account owner member creditor debtor seller buyer merchant driver author company organisation organization " +
    "tenant product article sku iban bic payee payer recipient sender patient doctor employee vendor supplier store shop contact",
);
const BY_NAME = words("sku iban bic ean isbn email username login handle slug phone");

export function isPosition(name: string): boolean {
  return wordsOf(name).some((word) => POSITION.has(word));
}

const TIMES = words(
  "time at ts timestamp date datetime expires expiry exp iat nbf created updated modified generated issued now epoch since until " +
    "clock seen fetched started finished started ended timestamps on when deadline stamp active login activity accessed heartbeat lastmodified mtime ctime atime servertime",
);
/** `expires_at`, `exp`, `validUntil`: how long something lasts is a promise, however near its end. */
export function isExpiry(pattern: string): boolean {
  return /(?:expir(?:es|y|ation)|\bexp|until|deadline)(?:_?(?:at|on|date|time|in|ms|utc))*(?:"?\]|$)/i.test(pattern);
}

const UNITS = words("ms millis milliseconds s sec secs seconds us micros ns nanos nanoseconds unix utc gmt epoch iso");

/** `created_at`, `expiresAtMs`, `iat`; not `updated_balance`, whose last word is what it holds. */
export function isClockName(name: string): boolean {
  const all = wordsOf(name);
  const last = all.findLast((word) => !UNITS.has(word)) ?? all.at(-1);
  return last !== undefined && TIMES.has(last);
}

/** `seconds` and `nanos` are of the time that holds them: protobuf's and Firestore's way to write one. */
export function isClockPart(pattern: string): boolean {
  const [, around = "", leaf = ""] = /(?:^|\.|\$)(\w+)\._?(\w+)$/.exec(pattern) ?? [];
  return wordsOf(leaf).every((word) => UNITS.has(word)) && isClockName(around);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
