/** One text for all ways of writing a header's value: two values mean the same where these are equal. */
import { mediaTypeOf } from "../answer.ts";

/** Headers that are lists of tokens: order and upper case mean nothing. */
const TOKEN_LISTS = new Set([
  "pragma",
  "vary",
  "allow",
  "accept-ranges",
  "access-control-allow-methods",
  "access-control-allow-headers",
  "access-control-expose-headers",
  "access-control-allow-credentials",
  "x-content-type-options",
  "x-frame-options",
  "x-xss-protection",
  "x-robots-tag",
  "content-language",
  "clear-site-data",
  "cross-origin-opener-policy",
  "cross-origin-embedder-policy",
  "cross-origin-resource-policy",
]);

/** Names for one media type. RFC 9239, 6; RFC 7303, 9.2. */
const SAME_TYPES: Readonly<Record<string, string>> = {
  "text/javascript": "application/javascript",
  "application/x-javascript": "application/javascript",
  "text/xml": "application/xml",
  "text/json": "application/json",
  "image/jpg": "image/jpeg",
  "application/csv": "text/csv",
};

export function headerMeaning(name: string, value: string): string {
  if (name === "content-type") return contentTypeMeaning(value);
  if (TOKEN_LISTS.has(name)) return tokensOf(value).toSorted().join(",");
  // Of several policies a browser takes the last one that it knows. Referrer Policy, 8.1.
  if (name === "referrer-policy") return tokensOf(value).at(-1) ?? "";
  return value.trim().replaceAll(/\s+/g, " ");
}

/** JSON is UTF-8 by definition (RFC 8259, 8.1), so its charset says nothing. */
function contentTypeMeaning(value: string): string {
  const { type, charset } = mediaTypeOf(value);
  const named = Object.hasOwn(SAME_TYPES, type) ? (SAME_TYPES[type] ?? type) : type;
  const plain = /[/+]json$/.test(named) && /^(?:|utf-?8)$/.test(charset);
  return plain ? named : `${named};${charset.replace(/^utf8$/, "utf-8")}`;
}

/** Tokens of the reference are gone, and nothing stands for all of them. */
export function losesTokens(name: string, reference: string, shadow: string): boolean {
  if (!TOKEN_LISTS.has(name)) return false;
  const kept = new Set(tokensOf(shadow));
  return !kept.has("*") && tokensOf(reference).some((token) => !kept.has(token));
}

function tokensOf(value: string): readonly string[] {
  return value
    .toLowerCase()
    .split(",")
    .map((token) => token.trim().replace(/\s*=\s*/, "="))
    .filter((token) => token !== "");
}
