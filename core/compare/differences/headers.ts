/**
 * Differences of two answers' headers by what they mean: content types by type and charset, lists of tokens as sets,
 * cookies by name. Which headers are noise is decided elsewhere; nothing is left out here.
 */
import type { Answer } from "../../pair/pair.ts";
import { headerText, headerValues, mediaTypeOf } from "../answer.ts";
import type { Difference, Trait } from "../difference.ts";
import { cookieDifferences } from "./cookies.ts";
import { locationDifferences } from "./location.ts";

/** Headers that are lists of tokens: order and upper case mean nothing. */
const TOKEN_LISTS = new Set([
  "cache-control",
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
  "clear-site-data",
]);

export function headerDifferences(reference: Answer, shadow: Answer): readonly Difference[] {
  const names = new Set(
    [...Object.keys(reference.headers), ...Object.keys(shadow.headers)].map((name) => name.toLowerCase()),
  );
  names.delete("set-cookie");
  const left = lowerCased(reference);
  const right = lowerCased(shadow);
  const changed = [...names].toSorted().flatMap((name) => headerDifference(name, left, right));
  return [...changed, ...cookieDifferences(headerValues(left, "set-cookie"), headerValues(right, "set-cookie"))];
}

/** The contract says lower case; an answer that was written by hand may not keep to it. */
function lowerCased(answer: Answer): Answer {
  const entries = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...answer, headers: Object.fromEntries(entries) };
}

function headerDifference(name: string, left: Answer, right: Answer): readonly Difference[] {
  const reference = headerText(left, name);
  const shadow = headerText(right, name);
  const place = { part: "header", path: `header:${name}`, pattern: `header:${name}` } as const;
  if (reference === undefined) return [{ ...place, kind: "extra", shadow: JSON.stringify(shadow) }];
  if (shadow === undefined) return [{ ...place, kind: "missing", reference: JSON.stringify(reference) }];
  if (name === "location") return locationDifferences(reference, shadow);
  if (meaningOf(name, reference) === meaningOf(name, shadow)) return [];
  const traits: readonly Trait[] = losesTokens(name, reference, shadow) ? ["removed"] : [];
  const sides = { reference: JSON.stringify(reference), shadow: JSON.stringify(shadow) };
  return [{ ...place, kind: "value", ...sides, ...(traits.length === 0 ? {} : { traits }) }];
}

function meaningOf(name: string, value: string): string {
  if (name === "content-type") return contentTypeMeaning(value);
  if (TOKEN_LISTS.has(name)) return tokensOf(value).toSorted().join(",");
  return value.trim();
}

/** JSON is UTF-8 by definition (RFC 8259, 8.1), so its charset says nothing; the two names of JavaScript are one. */
function contentTypeMeaning(value: string): string {
  const { type, charset } = mediaTypeOf(value);
  const named = type === "text/javascript" ? "application/javascript" : type;
  const plain = /[/+]json$/.test(named) && (charset === "" || charset === "utf-8" || charset === "utf8");
  return plain ? named : `${named};${charset.replace("utf8", "utf-8")}`;
}

function losesTokens(name: string, reference: string, shadow: string): boolean {
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
