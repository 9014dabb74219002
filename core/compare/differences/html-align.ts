/**
 * Lines up the children of two elements of a page: equal ones first, then those that say who they are, then, between two of
 * these, those of one kind in their order. Linear in the number of children.
 */
import { type HtmlElement, type HtmlNode, hashOfNode } from "../formats/html-tree.ts";

export interface HtmlAlignment {
  /** Positions in the reference and the shadow, in the reference's order. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
  /** What is surely the same stands in another order. */
  readonly moved: boolean;
}

type KeyOf = (node: HtmlNode) => string | null;

/** Each key is asked for what the ones before it left over. These are sure of what they pair. */
const SURE_KEYS: readonly KeyOf[] = [
  (node) => String(hashOfNode(node)),
  (node) => (typeof node === "string" ? null : nameOf(node)),
];

/** These say no more than what kind of thing it is. */
const KIND_KEYS: readonly KeyOf[] = [
  (node) => (typeof node === "string" ? "" : `${node.tag} ${node.attributes.get("class") ?? ""}`),
  (node) => (typeof node === "string" ? "" : node.tag),
];

export function alignNodes(reference: readonly HtmlNode[], shadow: readonly HtmlNode[]): HtmlAlignment {
  let rest: Rest = { missing: [...reference.keys()], extra: [...shadow.keys()], pairs: [] };
  const keyIn = (nodes: readonly HtmlNode[], keyOf: KeyOf) => (at: number) => keyOf(nodes[at] ?? "");
  for (const keyOf of SURE_KEYS) rest = pairBy(rest, keyIn(reference, keyOf), keyIn(shadow, keyOf));
  const moved = isCrossed(rest.pairs);
  const gaps = [
    gapsOf(
      rest.pairs.map(([at]) => at),
      reference.length,
    ),
    gapsOf(
      rest.pairs.map(([, at]) => at),
      shadow.length,
    ),
  ] as const;
  const keyInGap = (nodes: readonly HtmlNode[], keyOf: KeyOf, gap: readonly number[]) => (at: number) =>
    `${gap[at]} ${keyOf(nodes[at] ?? "")}`;
  for (const keyOf of KIND_KEYS)
    rest = pairBy(rest, keyInGap(reference, keyOf, gaps[0]), keyInGap(shadow, keyOf, gaps[1]));
  return { ...rest, moved };
}

interface Rest {
  /** In the order of the reference. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

type KeyAt = (at: number) => string | null;

/** Partners by key, the n-th of one side with the n-th of the other. */
function pairBy({ pairs, missing, extra }: Rest, keyOf: KeyAt, keyOfExtra: KeyAt): Rest {
  if (missing.length === 0 || extra.length === 0) return { pairs, missing, extra };
  const waiting = Map.groupBy(extra, keyOfExtra);
  const taken = new Map<string, number>();
  const found: (readonly [number, number])[] = [];
  const left = missing.filter((at) => {
    const key = keyOf(at);
    if (key === null) return true;
    const nth = taken.get(key) ?? 0;
    const partner = waiting.get(key)?.[nth];
    if (partner === undefined) return true;
    taken.set(key, nth + 1);
    found.push([at, partner]);
    return false;
  });
  const used = new Set(found.map(([, at]) => at));
  const sorted = [...pairs, ...found].toSorted(([a], [b]) => a - b);
  return { pairs: sorted, missing: left, extra: extra.filter((at) => !used.has(at)) };
}

function isCrossed(pairs: Rest["pairs"]): boolean {
  return pairs.some(([, at], index) => index > 0 && at < (pairs[index - 1]?.[1] ?? 0));
}

/** For each position, how many of the given ones stand before it. */
function gapsOf(positions: readonly number[], length: number): readonly number[] {
  const anchors = new Set(positions);
  let passed = 0;
  return Array.from({ length }, (_, at) => {
    const before = passed;
    if (anchors.has(at)) passed++;
    return before;
  });
}

/** What tells an element from others of its tag; null where nothing does. */
function nameOf({ tag, attributes }: HtmlElement): string | null {
  for (const name of ["id", "name", "property", "data-id", "data-testid", "for", "href", "src", "action"]) {
    const value = attributes.get(name);
    if (value !== undefined && value !== "") return `${tag} ${name} ${value}`;
  }
  return null;
}
