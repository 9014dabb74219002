/** One service as its readers see it: its keys with their places, and what of the rest of the file they need. */
import type { Lookup } from "./interpolate.ts";
import { childOf, type Entry, type MapNode, type Node, textAt } from "./node.ts";
import type { Reading, Spot } from "./reading.ts";

export interface ServiceView {
  readonly reading: Reading;
  readonly name: string;
  readonly entry: Entry;
  /** The whole merged file. */
  readonly file: MapNode;
  readonly lookup: Lookup;
}

/** The value of a key, by its path inside the service. */
export function at(view: ServiceView, ...path: readonly string[]): Node | undefined {
  let node: Node | undefined = view.entry.node;
  for (const key of path) node = childOf(node, key);
  return node;
}

/** Where a note about the key belongs; about the service, where the key is not there. */
export function spotOf(view: ServiceView, ...path: readonly string[]): Spot {
  let [node, place]: [Node | undefined, Spot["place"]] = [view.entry.node, view.entry.place];
  for (const key of path) {
    const entry: Entry | undefined = node?.kind === "map" ? node.entries.get(key) : undefined;
    [node, place] = [entry?.node, entry?.place ?? place];
  }
  return { place, key: ["services", view.name, ...path].join(".") };
}

/** The place of one item of a list. */
export function itemSpot(
  view: ServiceView,
  key: string,
  { n, item }: { readonly n: number; readonly item: Node },
): Spot {
  return { place: item.place, key: `services.${view.name}.${key}[${n}]` };
}

export function textOf(view: ServiceView, ...path: readonly string[]): string | undefined {
  return textAt(at(view, ...path));
}

/** Its image is built: from the repository's source, or under the name that `image` gives. */
export function isBuilt(view: ServiceView): boolean {
  const build = at(view, "build");
  return build !== undefined && !(build.kind === "scalar" && build.value === null);
}
