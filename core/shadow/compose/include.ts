/** A compose file with everything it includes: other files of the repository, each with a folder and a `.env` of its own. */
import { applyExtends } from "./extends.ts";
import type { Lookup } from "./interpolate.ts";
import { loadFile, pathInside, type Scope, startOf } from "./load.ts";
import { mergeFiles, withoutResets } from "./merge.ts";
import { childOf, type Entry, itemsOf, type MapNode, type Node, textAt } from "./node.ts";
import { folderOf } from "./paths.ts";
import type { Reading, Spot } from "./reading.ts";
import { refuse } from "./reading.ts";
import { envLookup } from "./variables.ts";

const MAX_DEPTH = 10;

/** Sections that are taken over from an included file. */
const SECTIONS = new Set(["services", "volumes", "networks", "secrets", "configs", "models"]);

export interface Model {
  readonly reading: Reading;
  /** The files in order: later ones override. */
  readonly paths: readonly string[];
  readonly base: string;
  readonly lookup: Lookup;
  readonly spot: Spot;
  /** Files that include this one. */
  readonly chain: readonly string[];
}

/** Undefined: refused, or files are wanted first. */
export function readModel(model: Model): MapNode | undefined {
  const scope: Scope = { reading: model.reading, lookup: model.lookup, trees: new Map() };
  let whole: MapNode | undefined;
  for (const path of model.paths) {
    const file = loadFile(scope, { path, base: model.base, spot: model.spot });
    if (file === undefined) return undefined;
    const included = withIncludes(model, path, file);
    const extended = applyExtends(scope, included);
    const merged = whole === undefined ? extended : mergeFiles(whole, extended);
    whole = merged.kind === "map" ? merged : whole;
  }
  const clean = whole === undefined ? undefined : withoutResets(whole);
  return clean?.kind === "map" ? clean : undefined;
}

function withIncludes(model: Model, path: string, file: MapNode): MapNode {
  const include = childOf(file, "include");
  let whole = file;
  const chain = [...model.chain, path];
  for (const [n, item] of itemsOf(include).entries()) {
    const spot = { place: item.place, key: `include[${n}]` };
    const inner = innerModel({ ...model, chain, spot }, item);
    const imported = inner === undefined ? undefined : readModel(inner);
    if (imported !== undefined) whole = imports(imported, whole);
  }
  return whole;
}

/** What the including file says under the same name goes over what it includes. */
function imports(imported: MapNode, file: MapNode): MapNode {
  const sections = new Map([...imported.entries].filter(([key]) => SECTIONS.has(key)));
  const merged = mergeFiles({ ...imported, entries: sections }, file);
  return merged.kind === "map" ? ordered(merged, file) : file;
}

/** The including file's own services come first: the first with a port is the one that answers. */
function ordered(merged: MapNode, file: MapNode): MapNode {
  const services = merged.entries.get("services");
  const own = childOf(file, "services");
  if (services?.node.kind !== "map" || own?.kind !== "map") return merged;
  const all = services.node.entries;
  const first = [...own.entries.keys()].flatMap((key): [string, Entry][] => {
    const entry = all.get(key);
    return entry === undefined ? [] : [[key, entry]];
  });
  const entry = { ...services, node: { ...services.node, entries: new Map([...first, ...all]) } };
  return { ...merged, entries: new Map([...merged.entries, ["services", entry]]) };
}

function innerModel(model: Model, item: Node): Model | undefined {
  const { reading, spot, chain } = model;
  const named = item.kind === "map" ? itemsOf(childOf(item, "path")) : [item];
  const paths = named.map((node) => pathInside(reading, textAt(node) ?? "", { place: node.place, key: spot.key }));
  const [first] = paths;
  if (first === undefined || paths.includes(undefined)) return undefined;
  if (chain.includes(first) || chain.length > MAX_DEPTH) {
    refuse(reading, spot, { code: "include-cycle", message: `${first} includes itself, by way of other files.` });
    return undefined;
  }
  const folder = textAt(childOf(item, "project_directory"));
  const base = folder === undefined ? folderOf(first) : pathInside(reading, folder, spot);
  if (base === undefined) return undefined;
  const lookup = innerLookup(model, item, base);
  if (lookup === undefined) return undefined;
  return { ...model, paths: paths.flatMap((path) => path ?? []), base, lookup };
}

/** The including project's variables go before those of the included one's `.env`. */
function innerLookup({ reading, spot, lookup }: Model, item: Node, base: string): Lookup | undefined {
  const named = itemsOf(childOf(item, "env_file"));
  if (named.length === 0) {
    const path = base === "" ? ".env" : `${base}/.env`;
    return envLookup(reading, {
      paths: [path],
      lookup,
      spot: { ...spot, place: startOf(path, base) },
      required: false,
    });
  }
  const paths = named.flatMap((node) => {
    const text = textAt(node) ?? "";
    return text === "/dev/null" ? [] : (pathInside(reading, text, { place: node.place, key: spot.key }) ?? []);
  });
  return envLookup(reading, { paths, lookup, spot, required: true });
}
