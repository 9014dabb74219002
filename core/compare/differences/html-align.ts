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

type Key = string | number | null;
type KeyOf = (node: HtmlNode) => Key;

/** Each key is asked for what the ones before it left over. These are sure of what they pair. */
const SURE_KEYS: readonly KeyOf[] = [hashOfNode, (node) => (typeof node === "string" ? null : nameOf(node))];

/** These say no more than what kind of thing it is. */
const KIND_KEYS: readonly KeyOf[] = [
  (node) => (typeof node === "string" ? "" : `${node.tag} ${node.attributes.get("class") ?? ""}`),
  (node) => (typeof node === "string" ? "" : node.tag),
];

export function alignNodes(reference: readonly HtmlNode[], shadow: readonly HtmlNode[]): HtmlAlignment {
  let rest: Rest = { missing: [...reference.keys()], extra: [...shadow.keys()], pairs: [] };
  const keyIn =
    (nodes: readonly HtmlNode[], keyOf: KeyOf): KeyAt =>
    (at) =>
      keyOf(nodes[at] ?? "");
  for (const keyOf of SURE_KEYS) rest = pairBy(rest, keyIn(reference, keyOf), keyIn(shadow, keyOf));
  const moved = isCrossed(rest.pairs);
  const gaps = [gapsOf(rest, 0, reference.length), gapsOf(rest, 1, shadow.length)] as const;
  const keyInGap =
    (nodes: readonly HtmlNode[], keyOf: KeyOf, gap: Uint32Array): KeyAt =>
    (at) =>
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

type KeyAt = (at: number) => Key;

/** Partners by key, the n-th of one side with the n-th of the other. */
function pairBy({ pairs, missing, extra }: Rest, keyOf: KeyAt, keyOfExtra: KeyAt): Rest {
  if (missing.length === 0 || extra.length === 0) return { pairs, missing, extra };
  const waiting = waitingBy(extra, keyOfExtra);
  const found: (readonly [number, number])[] = [];
  const used = new Set<number>();
  const left = missing.filter((at) => {
    const key = keyOf(at);
    const partner = key === null ? undefined : waiting.get(key)?.pop();
    if (partner === undefined) return true;
    found.push([at, partner]);
    used.add(partner);
    return false;
  });
  if (found.length === 0) return { pairs, missing, extra };
  const sorted = pairs.length === 0 ? found : [...pairs, ...found].toSorted(([a], [b]) => a - b);
  return { pairs: sorted, missing: left, extra: extra.filter((at) => !used.has(at)) };
}

/** Positions by key, the first one last: it is taken from the end. */
function waitingBy(extra: readonly number[], keyOf: KeyAt): ReadonlyMap<string | number, number[]> {
  const waiting = new Map<string | number, number[]>();
  for (let index = extra.length - 1; index >= 0; index--) {
    const at = extra[index] ?? 0;
    const key = keyOf(at);
    if (key === null) continue;
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [at]);
    else queue.push(at);
  }
  return waiting;
}

function isCrossed(pairs: Rest["pairs"]): boolean {
  return pairs.some(([, at], index) => index > 0 && at < (pairs[index - 1]?.[1] ?? 0));
}

/** For each position of a side, how many that have a partner stand before it. */
function gapsOf({ pairs }: Rest, side: 0 | 1, length: number): Uint32Array {
  const anchors = new Uint8Array(length);
  for (const pair of pairs) anchors[pair[side]] = 1;
  const gaps = new Uint32Array(length);
  for (let at = 1; at < length; at++) gaps[at] = (gaps[at - 1] ?? 0) + (anchors[at - 1] ?? 0);
  return gaps;
}

/** What tells an element from others of its tag; null where nothing does. */
function nameOf({ tag, attributes }: HtmlElement): string | null {
  for (const name of ["id", "name", "property", "data-id", "data-testid", "for", "href", "src", "action"]) {
    const value = attributes.get(name);
    if (value !== undefined && value !== "") return `${tag} ${name} ${value}`;
  }
  return null;
}
