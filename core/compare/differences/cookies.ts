/**
 * Differences of Set-Cookie headers, by cookie name: the value, and each attribute on its own. Values rotate; a flag that is
 * gone is a hole.
 */
import type { Difference, DifferenceKind } from "../difference.ts";

interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Attribute names in lower case; a flag without value is an empty text. */
  readonly attributes: ReadonlyMap<string, string>;
}

export function cookieDifferences(reference: readonly string[], shadow: readonly string[]): readonly Difference[] {
  const cookies = [reference.map(parse), shadow.map(parse)] as const;
  const [left, right] = [byName(cookies[0], cookies), byName(cookies[1], cookies)];
  const found: Difference[] = [];
  for (const [key, cookie] of left) {
    const other = right.get(key);
    if (other === undefined) found.push(difference(cookie.name, "missing", [written(cookie), undefined]));
    else found.push(...cookieChanges(cookie, other));
  }
  for (const [key, cookie] of right)
    if (!left.has(key)) found.push(difference(cookie.name, "extra", [undefined, written(cookie)]));
  return found;
}

function cookieChanges(reference: Cookie, shadow: Cookie): readonly Difference[] {
  const found: Difference[] = [];
  if (reference.value !== shadow.value)
    found.push(difference(reference.name, "value", [reference.value, shadow.value]));
  for (const attribute of new Set([...reference.attributes.keys(), ...shadow.attributes.keys()])) {
    const left = reference.attributes.get(attribute);
    const right = shadow.attributes.get(attribute);
    if (attributeMeaning(attribute, left) === attributeMeaning(attribute, right)) continue;
    const kind = left === undefined ? "extra" : right === undefined ? "missing" : "value";
    const sides = [shownFlag(attribute, left), shownFlag(attribute, right)] as const;
    found.push(difference(`${reference.name};${attribute}`, kind, sides));
  }
  return found;
}

/** One text for all ways of writing an attribute: a dot before a domain means nothing (RFC 6265, 5.2.3), dates have two forms. */
function attributeMeaning(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (name === "domain") return value.toLowerCase().replace(/^\./, "");
  const time = name === "expires" ? Date.parse(value.replaceAll(/(\d)-([A-Za-z]{3})-(\d)/g, "$1 $2 $3")) : Number.NaN;
  return Number.isNaN(time) ? value.toLowerCase() : String(time);
}

/** A flag has no value: its own name stands for it, so that a reader sees what is gone. */
function shownFlag(attribute: string, value: string | undefined): string | undefined {
  return value === "" ? attribute : value;
}

function difference(
  name: string,
  kind: DifferenceKind,
  sides: readonly [string | undefined, string | undefined],
): Difference {
  const [reference, shadow] = sides;
  const path = `header:set-cookie:${name}`;
  return {
    part: "header",
    kind,
    path,
    // A cookie name may carry an id of its own (`visit-3f2a9c01`), which would make every pair its own drift.
    pattern: path.replaceAll(/[0-9a-f]{8,}/gi, "*"),
    ...(reference === undefined ? {} : { reference: JSON.stringify(reference) }),
    ...(shadow === undefined ? {} : { shadow: JSON.stringify(shadow) }),
  };
}

/** By name; where a side sets one name twice, by path and domain as well, as browsers do. RFC 6265, 5.3. */
function byName(cookies: readonly Cookie[], sides: readonly (readonly Cookie[])[]): ReadonlyMap<string, Cookie> {
  const repeated = new Set(
    sides
      .flatMap((side) => side.filter((cookie, at) => side.findIndex(sameName(cookie)) !== at))
      .map(({ name }) => name),
  );
  return new Map(cookies.map((cookie) => [repeated.has(cookie.name) ? scopedName(cookie) : cookie.name, cookie]));
}

function sameName({ name }: Cookie): (other: Cookie) => boolean {
  return (other) => other.name === name;
}

function scopedName({ name, attributes }: Cookie): string {
  return [name, attributes.get("path"), attributes.get("domain")].join(";");
}

function parse(header: string): Cookie {
  const [first = "", ...rest] = header.split(";");
  const [name, value] = halves(first);
  return { name, value, attributes: new Map(rest.map(halves).map(([key, text]) => [key.toLowerCase(), text])) };
}

function halves(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at === -1 ? [text.trim(), ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function written(cookie: Cookie): string {
  const attributes = [...cookie.attributes].map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  return [`${cookie.name}=${cookie.value}`, ...attributes].join("; ");
}
