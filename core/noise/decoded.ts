/**
 * Tokens that only look opaque: JWTs and base64 of text. What they carry is read and compared, so that another user in a JWT
 * or another position in a cursor does not pass as randomness.
 */
import { decodeBase64 } from "../redact/base64.ts";
import { isRandom } from "./randomness.ts";

/** Claims that each issue of a JWT makes anew. RFC 7519, 4.1, and OpenID Connect Core. */
const MADE_ANEW = new Set(
  "exp iat nbf jti auth_time nonce sid session_state at_hash c_hash s_hash updated_at uti aio rh sidt".split(" "),
);

/** Base64 words shorter than this are words. */
const MIN_BASE64_CHARS = 12;

/** What both JWTs say beside times and ids of their own is equal; false where a part cannot be read. */
export function saySameClaims(reference: string, shadow: string): boolean {
  const [left, right] = [reference.split("."), shadow.split(".")];
  return [0, 1].every((part) => {
    const [first, second] = [lasting(left[part]), lasting(right[part])];
    return first === second;
  });
}

/** A part without what is made anew, keys in order; an encrypted or broken part is its own text. */
function lasting(part = ""): string {
  const text = decodeBase64(part);
  const claims = text === undefined ? null : objectOf(text);
  // What cannot be read is random: parts of encrypted tokens say nothing.
  if (claims === null) return "unread";
  const kept = Object.entries(claims).filter(([name]) => !MADE_ANEW.has(name));
  return JSON.stringify(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : null;
  } catch {
    return null;
  }
}

/** The text behind a word of base64 or base64url; null where it is none, or only more random characters. */
export function readable(word: string): string | null {
  if (word.length < MIN_BASE64_CHARS || !/^[\w+/-]+={0,2}$/.test(word)) return null;
  const text = decodeBase64(word);
  if (text === undefined || isRandom(text, 8) || /[^\n\r\t -~]/.test(text)) return null;
  return text;
}
