/** Differences of `link` headers by relation: which page is next, what to preload. The order of links means nothing. RFC 8288. */
import type { Difference } from "../difference.ts";

const LINK = /<([^>]*)>([^<]*)/g;
const REL = /;\s*rel\s*=\s*"?([^";,]+)/i;

export function linkDifferences(reference: string, shadow: string): readonly Difference[] {
  const [left, right] = [linksOf(reference), linksOf(shadow)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((relation): readonly Difference[] => {
    const [was, is] = [left.get(relation), right.get(relation)];
    if (was === is) return [];
    const path = `header:link;${relation}`;
    const place = { part: "header", path, pattern: path } as const;
    if (was === undefined) return [{ ...place, kind: "extra", shadow: JSON.stringify(is) }];
    if (is === undefined) return [{ ...place, kind: "missing", reference: JSON.stringify(was) }];
    return [{ ...place, kind: "value", reference: JSON.stringify(was), shadow: JSON.stringify(is) }];
  });
}

/** Targets by relation; several of one relation together, sorted. */
function linksOf(header: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string[]>();
  for (const [, target = "", parameters = ""] of header.matchAll(LINK)) {
    const relation = (REL.exec(parameters)?.[1] ?? "").trim().toLowerCase();
    targets.set(relation, [...(targets.get(relation) ?? []), target]);
  }
  return new Map([...targets].map(([relation, found]) => [relation, found.toSorted().join(" ")]));
}
