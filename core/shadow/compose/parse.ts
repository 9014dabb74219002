/**
 * The text of one compose file -> its tree: anchors and merge keys followed, places kept. Files come from pull requests, so
 * repeated anchors, depth and number of values are bounded here, before anything else looks at them.
 */
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar } from "yaml";
import { readYamlDocument, type YamlFault } from "../../config/yaml.ts";
import { type Entry, list, map, type Node, type Place, type ScalarNode, scalar, type Tag } from "./node.ts";
import { resolvePlain } from "./scalar.ts";

/** Characters of one file: honest ones have a few thousand. */
export const MAX_FILE_CHARS = 256 * 1024;

/** Times one anchor may be used, counted with those inside others: enough for honest files, too few for "a billion laughs". */
const MAX_ALIASES = 100;

const MAX_DEPTH = 200;

const MAX_SHOWN_CHARS = 80;

/** Values of one file once its anchors are followed. */
const MAX_VALUES = 50_000;

/** Lines and commas of one file: the library reads some fifty thousand in a second. */
const MAX_SEPARATORS = 20_000;

/** Items of one list: the check that they differ compares each with each. */
const MAX_ITEMS = 500;

export type ParsedFile =
  | { readonly ok: true; readonly node: Node }
  | { readonly ok: false; readonly faults: readonly YamlFault[] };

/** Reads a file of the repository. `base`: the folder its relative paths start from. Never throws. */
export function parseFile(text: string, file: string, base: string): ParsedFile {
  if (text.length <= MAX_FILE_CHARS && text.split(/[\n\r,]/, MAX_SEPARATORS + 1).length > MAX_SEPARATORS)
    return {
      ok: false,
      faults: [{ line: 1, column: 1, message: `It has more than ${MAX_SEPARATORS} lines and commas.` }],
    };
  const read = readYamlDocument(text, MAX_FILE_CHARS, true);
  if (!read.ok) return read;
  const walk: Walk = {
    document: read.document,
    place: (offset) => ({ file, base, ...read.at(offset) }),
    uses: new Map(),
    open: new Set(),
    values: 0,
    fault: null,
  };
  const node = nodeOf(read.document.contents, walk, 0);
  return walk.fault === null ? { ok: true, node } : { ok: false, faults: [walk.fault] };
}

/** Kept while one document is walked; the first fault ends the walk early. */
interface Walk {
  readonly document: Document.Parsed;
  readonly place: (offset: number) => Place;
  readonly uses: Map<string, number>;
  /** Anchors whose content is being read: one of them inside itself would never end. */
  readonly open: Set<string>;
  values: number;
  fault: YamlFault | null;
}

function nodeOf(value: unknown, walk: Walk, depth: number): Node {
  const place = walk.place(offsetOf(value));
  walk.values += 1;
  if (walk.values > MAX_VALUES) return stop(walk, place, `It holds more than ${MAX_VALUES} values.`);
  if (depth > MAX_DEPTH) return stop(walk, place, "It is nested too deeply.");
  if (walk.fault !== null) return scalar(null, place);
  if (isAlias(value)) return aliased(value, walk, depth);
  if (isScalar(value)) return scalarOf(value, place);
  if (isSeq(value)) {
    if (value.items.length > MAX_ITEMS) return stop(walk, place, `A list has more than ${MAX_ITEMS} items.`);
    const items = value.items.map((item) => nodeOf(item, walk, depth + 1));
    return { ...list(items, place), tag: tagOf(value.tag) };
  }
  if (isMap(value)) return { ...map(entriesIn(value.items, walk, depth), place), tag: tagOf(value.tag) };
  return scalar(null, place);
}

function stop(walk: Walk, place: Place, message: string): Node {
  walk.fault ??= { line: place.line, column: place.column, message };
  return scalar(null, place);
}

function aliased(alias: Alias, walk: Walk, depth: number): Node {
  const place = walk.place(offsetOf(alias));
  const uses = (walk.uses.get(alias.source) ?? 0) + 1;
  walk.uses.set(alias.source, uses);
  if (uses > MAX_ALIASES) return stop(walk, place, "It repeats its aliases too often.");
  if (walk.open.has(alias.source)) return stop(walk, place, `The anchor "${alias.source}" holds itself.`);
  walk.open.add(alias.source);
  const node = nodeOf(alias.resolve(walk.document), walk, depth + 1);
  walk.open.delete(alias.source);
  return node;
}

function entriesIn(items: readonly Pair[], walk: Walk, depth: number): readonly Entry[] {
  const own: Entry[] = [];
  const merged: Entry[] = [];
  const names = new Set<string>();
  for (const pair of items) {
    const node = nodeOf(pair.value, walk, depth + 1);
    if (isMergeKey(pair.key)) {
      merged.push(...mergedEntries(node, walk));
      continue;
    }
    const at = walk.place(offsetOf(pair.key));
    const key = keyText(pair.key, walk);
    if (key === null) stop(walk, at, "A key has to be a text.");
    else if (names.has(key)) stop(walk, at, `The key "${key.slice(0, MAX_SHOWN_CHARS)}" stands here twice.`);
    else own.push({ key, place: at, node });
    names.add(key ?? "");
  }
  // The first of several merged maps wins, and a key written beside them wins over all.
  return [...merged.toReversed(), ...own];
}

/** `<<: *a` and `<<: [*a, *b]`. */
function mergedEntries(node: Node, walk: Walk): readonly Entry[] {
  const maps = node.kind === "list" ? node.items : [node];
  return maps.flatMap((one) => {
    if (one.kind === "map") return [...one.entries.values()];
    stop(walk, one.place, "A merge key (<<) takes a map, or a list of maps.");
    return [];
  });
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}

function keyText(key: unknown, walk: Walk): string | null {
  const value = isAlias(key) ? key.resolve(walk.document) : key;
  if (value === null) return "";
  return isScalar(value) ? scalarOf(value, walk.place(0)).text : null;
}

function scalarOf(value: Scalar, place: Place): ScalarNode {
  const plain = value.type === "PLAIN" && (value.tag === undefined || tagOf(value.tag) !== null);
  // The library keeps the source of plain scalars; an absent value has none.
  const source = value.source ?? "";
  const { value: resolved, text } = plain || value.value === null ? resolvePlain(source) : asGiven(value);
  return { ...scalar(resolved, place, text), tag: tagOf(value.tag) };
}

/** Quoted, or with a tag such as `!!str`: the library's reading stands. */
function asGiven({ value, source }: Scalar): { readonly value: string | number | boolean; readonly text: string } {
  if (typeof value === "number" || typeof value === "boolean") return { value, text: String(value) };
  const text = typeof value === "string" ? value : (source ?? "");
  return { value: text, text };
}

function tagOf(tag: string | undefined): Tag {
  return tag === "!reset" ? "reset" : tag === "!override" ? "override" : null;
}

function offsetOf(value: unknown): number {
  if (typeof value !== "object" || value === null || !("range" in value) || !Array.isArray(value.range)) return 0;
  const start: unknown = value.range[0];
  return typeof start === "number" ? start : 0;
}
