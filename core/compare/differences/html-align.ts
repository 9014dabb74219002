/**
 * Lines up the children of two elements of a page: equal ones first, then those that say who they are, then those of one
 * kind in their order. Linear in the number of children.
 */
import { type HtmlElement, type HtmlNode, hashOfNode } from "../formats/html-tree.ts";

export interface HtmlAlignment {
  /** Positions in the reference and the shadow, in the reference's order. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

type KeyOf = (node: HtmlNode) => string | null;

/** Each key is asked for what the ones before it left over. */
const KEYS: readonly KeyOf[] = [
  (node) => String(hashOfNode(node)),
  (node) => (typeof node === "string" ? null : nameOf(node)),
  (node) => (typeof node === "string" ? "" : `${node.tag} ${node.attributes.get("class") ?? ""}`),
  (node) => (typeof node === "string" ? "" : node.tag),
];

export function alignNodes(reference: readonly HtmlNode[], shadow: readonly HtmlNode[]): HtmlAlignment {
  let missing: readonly number[] = reference.map((_, at) => at);
  let extra: readonly number[] = shadow.map((_, at) => at);
  const pairs: (readonly [number, number])[] = [];
  for (const keyOf of KEYS) {
    const waiting = Map.groupBy(extra, (at) => keyOf(shadow[at] ?? ""));
    const taken = new Map<string, number>();
    const used = new Set<number>();
    missing = missing.filter((at) => {
      const key = keyOf(reference[at] ?? "");
      if (key === null) return true;
      const nth = taken.get(key) ?? 0;
      const partner = waiting.get(key)?.[nth];
      if (partner === undefined) return true;
      taken.set(key, nth + 1);
      used.add(partner);
      pairs.push([at, partner]);
      return false;
    });
    extra = extra.filter((at) => !used.has(at));
  }
  return { pairs: pairs.toSorted(([a], [b]) => a - b), missing, extra };
}

/** What tells an element from others of its tag; null where nothing does. */
function nameOf({ tag, attributes }: HtmlElement): string | null {
  for (const name of ["id", "name", "property", "data-id", "data-testid", "for", "href", "src", "action"]) {
    const value = attributes.get(name);
    if (value !== undefined && value !== "") return `${tag} ${name} ${value}`;
  }
  return null;
}
