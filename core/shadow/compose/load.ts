/** One compose file of the repository -> its tree with variables filled in; or a note why not, or a wish for the file. */
import type { Lookup } from "./interpolate.ts";
import { type MapNode, map, type Node, type Place } from "./node.ts";
import { parseFile } from "./parse.ts";
import { repositoryPath } from "./paths.ts";
import { fileAt, type Reading, refuse, type Spot } from "./reading.ts";
import { resolveTree } from "./resolve.ts";

/** Compose files that one project may consist of, counted each time one is read. */
const MAX_COMPOSE_FILES = 50;

/** What the files of one project, or of one `include`, are read with. */
export interface Scope {
  readonly reading: Reading;
  readonly lookup: Lookup;
  /** Trees read so far in this scope, by path and base. */
  readonly trees: Map<string, MapNode | undefined>;
}

export interface FileAt {
  readonly path: string;
  /** Folder its relative paths start from. */
  readonly base: string;
  /** Where the file was named. */
  readonly spot: Spot;
}

/** Undefined: refused, or wanted and to be read next time. */
export function loadFile(scope: Scope, { path, base, spot }: FileAt): MapNode | undefined {
  const key = `${path}\n${base}`;
  if (!scope.trees.has(key)) scope.trees.set(key, loaded(scope, { path, base, spot }));
  return scope.trees.get(key);
}

function loaded(scope: Scope, { path, base, spot }: FileAt): MapNode | undefined {
  const { reading } = scope;
  if (scope.trees.size >= MAX_COMPOSE_FILES) {
    const message = `The project consists of more than ${MAX_COMPOSE_FILES} compose files.`;
    refuse(reading, spot, { code: "too-many-files", message });
    return undefined;
  }
  const file = fileAt(reading, path, spot);
  if (file === undefined) return undefined;
  if (file?.kind !== "file") {
    refuse(reading, spot, missing(path));
    return undefined;
  }
  const parsed = parseFile(file.text, path, base);
  if (!parsed.ok) {
    for (const { line, column, message } of parsed.faults)
      refuse(reading, { place: { file: path, base, line, column }, key: "" }, { code: "yaml", message });
    return undefined;
  }
  return topMap(resolveTree(parsed.node, scope.lookup, reading), reading);
}

/** An empty file is an empty map; anything else at the top is no compose file. */
function topMap(node: Node, reading: Reading): MapNode | undefined {
  if (node.kind === "map") return node;
  if (node.kind === "scalar" && node.value === null) return map([], node.place);
  const message = "A compose file begins with keys such as services:, and this one is something else.";
  refuse(reading, { place: node.place, key: "" }, { code: "form", message });
  return undefined;
}

export function missing(path: string): { readonly code: string; readonly message: string } {
  return {
    code: "missing-file",
    message: `The repository has no file ${path} at this commit. Commit it, or take the line out.`,
  };
}

/** A path that a compose file names, as one of the repository; refused with its reason otherwise. */
export function pathInside(reading: Reading, text: string, spot: Spot): string | undefined {
  const named = repositoryPath(text, spot.place.base);
  if (named.kind === "inside") return named.path;
  refuse(
    reading,
    spot,
    named.kind === "remote"
      ? { code: "remote-file", message: `"${text}" is fetched from elsewhere. Put the file into the repository.` }
      : { code: "path-outside", message: `"${text}" lies outside the repository. Name a file inside it.` },
  );
  return undefined;
}

/** The beginning of a file, for what is said of it as a whole. */
export function startOf(file: string, base: string): Place {
  return { file, base, line: 1, column: 1 };
}
