/**
 * Differences of two answers' headers by what they mean: content types by type and charset, lists of tokens as sets,
 * policies by directive, links by relation, cookies by name, redirects by target and parameter. Which headers are noise is decided elsewhere; nothing is left out here.
 */
import type { Answer } from "../../pair/pair.ts";
import { headerText, headerValues } from "../answer.ts";
import type { Difference, Trait } from "../difference.ts";
import { cookieDifferences } from "./cookies.ts";
import { directiveDifferences } from "./directives.ts";
import { headerMeaning, losesTokens } from "./header-meaning.ts";
import { linkDifferences } from "./links.ts";
import { locationDifferences } from "./location.ts";

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
  if (name === "link") return linkDifferences(reference, shadow);
  const directives = directiveDifferences(name, reference, shadow);
  if (directives !== null) return directives;
  if (headerMeaning(name, reference) === headerMeaning(name, shadow)) return [];
  const traits: readonly Trait[] = losesTokens(name, reference, shadow) ? ["removed"] : [];
  const sides = { reference: JSON.stringify(reference), shadow: JSON.stringify(shadow) };
  return [{ ...place, kind: "value", ...sides, ...(traits.length === 0 ? {} : { traits }) }];
}
