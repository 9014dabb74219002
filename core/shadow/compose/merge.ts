/**
 * Joins two trees as docker compose joins a service with the one it extends, or a file with the one it overrides: maps key by
 * key, lists one behind the other, the rest replaced; with its exceptions, and its tags `!reset` and `!override`.
 */
import {
  childOf,
  type Entry,
  entriesOf,
  isNull,
  type ListNode,
  list,
  type MapNode,
  map,
  type Node,
  scalar,
} from "./node.ts";

type Merger = (base: Node, over: Node, path: readonly string[]) => Node;

/** Keys of a service that are not joined in the plain way; by path below the service. */
const SPECIAL: ReadonlyMap<string, Merger> = new Map<string, Merger>([
  ...[
    "annotations",
    "build.args",
    "build.additional_contexts",
    "build.labels",
    "deploy.labels",
    "dns",
    "dns_opt",
    "dns_search",
    "env_file",
    "label_file",
    "environment",
    "extra_hosts",
    "labels",
    "sysctls",
    "tmpfs",
  ].map((key) => [key, joined] as const),
  ...["command", "entrypoint", "healthcheck.test"].map((key) => [key, replaced] as const),
  ...["depends_on", "models", "networks"].map((key) => [key, joinedByName] as const),
  ["build", mergeBuild],
  ["logging", mergeLogging],
]);

/** A service over the one it extends. */
export function mergeService(base: Node, over: Node): Node {
  return mergeNodes(base, over, []);
}

/** A file over another one, or what two files say under the same name. `services` are joined with their exceptions. */
export function mergeFiles(base: Node, over: Node): Node {
  if (base.kind !== "map" || over.kind !== "map") return over;
  return mergeMaps(base, over, (inner, value, key) =>
    key === "services" && inner.kind === "map" && value.kind === "map"
      ? mergeMaps(inner, value, mergeService)
      : mergeNodes(inner, value, ["", key]),
  );
}

/** The tree without what `!reset` takes away. */
export function withoutResets(node: Node): Node {
  if (node.kind === "list") return { ...node, items: node.items.map(withoutResets) };
  if (node.kind !== "map") return node;
  const left = entriesOf(node).filter((entry) => entry.node.tag !== "reset");
  return { ...node, entries: new Map(left.map((entry) => [entry.key, { ...entry, node: withoutResets(entry.node) }])) };
}

function mergeNodes(base: Node, over: Node, path: readonly string[]): Node {
  if (over.tag === "override") return { ...over, tag: null };
  const special = SPECIAL.get(path.join("."));
  if (special !== undefined) return special(base, over, path);
  if (isNull(over)) return base;
  if (base.kind === "map" && over.kind === "map")
    return mergeMaps(base, over, (inner, value, key) => mergeNodes(inner, value, [...path, key]));
  if (base.kind === "list" && over.kind === "list") return { ...over, items: [...base.items, ...over.items] };
  return over;
}

function mergeMaps(base: MapNode, over: MapNode, merge: (base: Node, over: Node, key: string) => Node): MapNode {
  const entries = new Map(base.entries);
  for (const entry of entriesOf(over)) {
    const before = entries.get(entry.key);
    if (entry.node.tag === "reset") entries.delete(entry.key);
    else if (before === undefined) entries.set(entry.key, entry);
    else entries.set(entry.key, { ...entry, node: merge(before.node, entry.node, entry.key) });
  }
  return { ...over, entries };
}

function replaced(_base: Node, over: Node): Node {
  return over;
}

/** Both as lists, one behind the other: `KEY=value` for maps. What comes later wins where the list is read. */
function joined(base: Node, over: Node): Node {
  const taken = new Set(entriesOf(over).flatMap(({ key, node }) => (node.tag === "reset" ? [key] : [])));
  const kept: Node =
    base.kind === "map" ? { ...base, entries: new Map([...base.entries].filter(([key]) => !taken.has(key))) } : base;
  const items = [...sequenceOf(kept).items, ...sequenceOf(withoutResets(over)).items];
  return { ...list(items, over.place) };
}

function sequenceOf(node: Node): ListNode {
  if (node.kind === "list") return node;
  if (node.kind === "scalar") return list(isNull(node) ? [] : [node], node.place);
  return list(entriesOf(node).flatMap(pairsOf), node.place);
}

function pairsOf({ key, node, place }: Entry): readonly Node[] {
  if (node.kind === "list") return node.items.flatMap((item) => pairsOf({ key, node: item, place }));
  if (node.kind === "map") return [];
  return [scalar(isNull(node) ? key : `${key}=${node.text}`, node.place)];
}

/** Lists of names count as maps: `[db]` is `{db: default}`. */
function joinedByName(base: Node, over: Node, path: readonly string[]): Node {
  const byDefault = path[0] === "depends_on" ? startedBy : scalarNull;
  return mergeMaps(mappingOf(base, byDefault), mappingOf(over, byDefault), (inner, value) =>
    mergeNodes(inner, value, ["", "member"]),
  );
}

function mappingOf(node: Node, value: (node: Node) => Node): MapNode {
  if (node.kind === "map") return node;
  const items = node.kind === "list" ? node.items : [];
  const entries = items.flatMap((item) =>
    item.kind === "scalar" ? [{ key: item.text, place: item.place, node: value(item) }] : [],
  );
  return map(entries, node.place);
}

function scalarNull({ place }: Node): Node {
  return scalar(null, place);
}

function startedBy({ place }: Node): Node {
  const entries = [
    { key: "condition", place, node: scalar("service_started", place) },
    { key: "required", place, node: scalar(true, place) },
  ];
  return map(entries, place);
}

/** `build: ./app` is `build: {context: ./app}`. */
function mergeBuild(base: Node, over: Node, path: readonly string[]): Node {
  return mergeMaps(buildMap(base), buildMap(over), (inner, value, key) => mergeNodes(inner, value, [...path, key]));
}

function buildMap(node: Node): MapNode {
  if (node.kind === "map") return node;
  const context = node.kind === "scalar" && !isNull(node) ? [{ key: "context", place: node.place, node }] : [];
  return map(context, node.place);
}

/** Options belong to a driver: another driver begins anew. */
function mergeLogging(base: Node, over: Node, path: readonly string[]): Node {
  if (base.kind !== "map" || over.kind !== "map") return over;
  const [before, after] = [childOf(base, "driver"), childOf(over, "driver")];
  const same = before === undefined || after === undefined || textOf(before) === textOf(after);
  return same ? mergeMaps(base, over, (inner, value, key) => mergeNodes(inner, value, [...path, key])) : over;
}

function textOf(node: Node): string {
  return node.kind === "scalar" ? node.text : "";
}
