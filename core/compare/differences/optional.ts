/**
 * Which members only some of many like things have: elements of a list, entries of a map, and what stands at the same place
 * inside each of them. Counted when first asked, from the root down: mostly nobody asks.
 */
import { isList, isObject, isOpen, itemsOf, type JsonDocument, linkOf, ROOT_NODE } from "../json/document.ts";
import { membersOf } from "../json/members.ts";
import { isMapKey, type Place } from "./place.ts";

/** All of a document's nodes at one place, list positions and keys of maps left out of account. */
export interface Peers {
  readonly nodes: readonly number[];
  /** By name; null until somebody asks. */
  names: Names | null;
  /** The elements, or the entries, of all of them; null until somebody asks. */
  inside: Peers | null;
  readonly members: Map<number, Peers>;
}

interface Names {
  /** The members of each name. */
  readonly nodes: ReadonlyMap<number, readonly number[]>;
  readonly objects: number;
}

/** Deeper places are not looked at. */
const MAX_LEVELS = 50;

export function newPeers(nodes: readonly number[] = [ROOT_NODE]): Peers {
  return { nodes, names: null, inside: null, members: new Map() };
}

/** A document and what was counted in it. */
export type Counted = readonly [JsonDocument, Peers];

/** Whether some of the objects at this place have a member of this name (its number) and others have not. */
export function isOptional([document, root]: Counted, place: Place, name: number): boolean {
  if (place.depth > MAX_LEVELS) return false;
  const { nodes, objects } = namesAt(document, peersAt(document, root, place));
  return objects > 1 && (nodes.get(name)?.length ?? 0) < objects;
}

function peersAt(document: JsonDocument, root: Peers, { outer, key }: Place): Peers {
  if (outer === null || key === null) return root;
  const around = peersAt(document, root, outer);
  if (typeof key === "number" || isMapKey(key)) {
    around.inside ??= newPeers(around.nodes.flatMap((node) => elementsOf(document, node)));
    return around.inside;
  }
  const name = document.keys.numbers.get(key) ?? -1;
  const found = around.members.get(name) ?? newPeers(namesAt(document, around).nodes.get(name) ?? []);
  around.members.set(name, found);
  return found;
}

function namesAt(document: JsonDocument, peers: Peers): Names {
  peers.names ??= namesOf(document, peers.nodes);
  return peers.names;
}

/** What a cut left open may have more members than are known. */
function namesOf(document: JsonDocument, nodes: readonly number[]): Names {
  const found = new Map<number, number[]>();
  let objects = 0;
  for (const object of nodes) {
    if (!isObject(document, object) || isOpen(document, object)) continue;
    objects++;
    for (let node = object + 1; node < linkOf(document, object); node = linkOf(document, node + 1)) {
      const name = linkOf(document, node);
      const known = found.get(name);
      if (known === undefined) found.set(name, [node + 1]);
      else known.push(node + 1);
    }
  }
  return { nodes: found, objects };
}

function elementsOf(document: JsonDocument, node: number): readonly number[] {
  if (isList(document, node)) return itemsOf(document, node);
  return isObject(document, node) ? membersOf(document, node).values : [];
}
