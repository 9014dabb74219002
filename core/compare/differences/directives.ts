/**
 * Differences of headers made of directives, one by one: what caches may keep, what browsers may load. Order, case of names
 * and repeated spaces mean nothing; a directive that is gone is another fact than one that was loosened.
 */
import type { Difference } from "../difference.ts";

/** How a header's directives are separated and what stands between a name and its value. */
interface Grammar {
  readonly separator: RegExp;
  readonly equals: RegExp;
}

const COMMAS: Grammar = { separator: /,/, equals: /\s*=\s*/ };
const SEMICOLONS: Grammar = { separator: /;/, equals: /\s*=\s*/ };
/** Several policies in one header are separated by commas. Content Security Policy 3, 2.2. */
const POLICY: Grammar = { separator: /[;,]/, equals: /\s+/ };

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  "cache-control": COMMAS,
  "cdn-cache-control": COMMAS,
  "surrogate-control": COMMAS,
  "permissions-policy": COMMAS,
  "strict-transport-security": SEMICOLONS,
  "content-disposition": SEMICOLONS,
  "content-security-policy": POLICY,
  "content-security-policy-report-only": POLICY,
};

/** Null for a header that is not made of directives. */
export function directiveDifferences(name: string, reference: string, shadow: string): readonly Difference[] | null {
  const grammar = Object.hasOwn(GRAMMARS, name) ? GRAMMARS[name] : undefined;
  if (grammar === undefined) return null;
  const [left, right] = [directivesOf(reference, grammar), directivesOf(shadow, grammar)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((directive) => {
    const sides = [left.get(directive), right.get(directive)] as const;
    return sides[0] === sides[1] ? [] : [difference(`header:${name};${directive}`, directive, sides)];
  });
}

function directivesOf(header: string, { separator, equals }: Grammar): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of header.split(separator)) {
    const text = part.trim();
    const at = equals.exec(text);
    const name = (at === null ? text : text.slice(0, at.index)).toLowerCase();
    // Of a directive that stands twice the first counts. Content Security Policy 3, 2.2.1.
    if (name !== "" && !directives.has(name))
      directives.set(name, at === null ? "" : valueOf(text.slice(at.index + at[0].length)));
  }
  return directives;
}

/** Without quotes, its words in one order. A nonce is made anew and says nothing by its value. */
function valueOf(text: string): string {
  return text
    .replaceAll(/^"(.*)"$/g, "$1")
    .replaceAll(/'nonce-[^']*'/g, "'nonce-…'")
    .split(/\s+/)
    .toSorted()
    .join(" ");
}

function difference(
  path: string,
  directive: string,
  [left, right]: readonly [string | undefined, string | undefined],
): Difference {
  const place = { part: "header", path, pattern: path } as const;
  const shown = (value: string): string => JSON.stringify(value === "" ? directive : value);
  if (left === undefined) return { ...place, kind: "extra", shadow: shown(right ?? "") };
  if (right === undefined) return { ...place, kind: "missing", reference: shown(left), traits: ["removed"] };
  return { ...place, kind: "value", reference: shown(left), shadow: shown(right) };
}
