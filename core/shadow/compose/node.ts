/**
 * A compose file as a tree of plain data that knows where each value was written. Merging, `extends` and `include` join trees of
 * several files, so the place travels with the value. No opinion on what keys mean.
 */

export interface Place {
  readonly file: string;
  /** Folder of the repository from which relative paths written here start; "" is its root. */
  readonly base: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** What compose's own tags ask for when files are merged: `!reset` takes the value away, `!override` does not merge it. */
export type Tag = "reset" | "override" | null;

export type ScalarValue = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly place: Place;
  readonly tag: Tag;
  readonly value: ScalarValue;
  /** As docker compose writes it where a text is wanted: `017` is `15`, `1e3` is `1000`, null is "". */
  readonly text: string;
}

export interface ListNode {
  readonly kind: "list";
  readonly place: Place;
  readonly tag: Tag;
  readonly items: readonly Node[];
}

export interface Entry {
  readonly key: string;
  /** Of the key; its value has a place of its own. */
  readonly place: Place;
  readonly node: Node;
}

export interface MapNode {
  readonly kind: "map";
  readonly place: Place;
  readonly tag: Tag;
  readonly entries: ReadonlyMap<string, Entry>;
}

export type Node = ScalarNode | ListNode | MapNode;

export function scalar(value: ScalarValue, place: Place, text = textOf(value)): ScalarNode {
  return { kind: "scalar", place, tag: null, value, text };
}

export function list(items: readonly Node[], place: Place): ListNode {
  return { kind: "list", place, tag: null, items };
}

export function map(entries: readonly Entry[], place: Place): MapNode {
  return { kind: "map", place, tag: null, entries: new Map(entries.map((entry) => [entry.key, entry])) };
}

/** The value of a key; undefined where there is none, or where the node is no map. */
export function childOf(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.node : undefined;
}

/** Entries of a map, or none: for keys that may be written and left empty. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === "map" ? [...node.entries.values()] : [];
}

/** Items of a list; a single scalar is a list of itself, as many keys of compose allow. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined || isNull(node)) return [];
  return node.kind === "list" ? node.items : [node];
}

export function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.value === null;
}

/** A scalar's text; undefined for nothing, null, lists and maps. */
export function textAt(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? node.text : undefined;
}

/** The tree without places, for a check of its form. What a list says twice counts once: the later of two wins where it is read. */
export function plainOf(node: Node): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") {
    const items = node.items.map(plainOf);
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
  }
  return Object.fromEntries(entriesOf(node).map(({ key, node: inner }) => [key, plainOf(inner)]));
}

function textOf(value: ScalarValue): string {
  return value === null ? "" : String(value);
}
