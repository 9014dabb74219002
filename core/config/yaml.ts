/**
 * YAML as data, with the line of each value. The one place that knows the YAML library; JSON is YAML, so both are read here.
 * Files come from pull requests: size and aliases are bounded, and nothing in them is run.
 */
import { type Document, isMap, isScalar, LineCounter, parseDocument } from "yaml";

/** Times one anchor may be used, counted with what it holds: enough for honest files, too few for "a billion laughs". */
const MAX_ALIASES = 100;

/** Levels of `[` and `{`, and of `- - -` on one line: the library takes seconds for some ten thousand of them. */
const MAX_LEVELS = 200;
const MANY_INDICATORS = /(?:[-?:][ \t]+){50}/;

/** Keys from the root, such as `["routes", 0, "match"]`. */
export type KeyPath = readonly (string | number)[];

/** Where something stands in the file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type YamlFault = Position & { readonly message: string };

export interface YamlSource {
  readonly value: unknown;
  /** Of the value at a path, or of the nearest thing around it. */
  readonly positionOf: (path: KeyPath) => Position;
  /** Of the value at a path; null where the file says nothing there. An alias stands for what it names. */
  readonly given: (path: KeyPath) => Position | null;
  /** Of a key itself. */
  readonly positionOfKey: (path: KeyPath, key: string) => Position;
}

export type ReadYaml =
  | { readonly ok: true; readonly source: YamlSource }
  | { readonly ok: false; readonly faults: readonly YamlFault[] };

const TOO_DEEP = "It is nested too deeply.";

const START: Position = { line: 1, column: 1 };

/** The document as the library holds it, for a reader that keeps the place of every value. */
export type ReadDocument =
  | { readonly ok: true; readonly document: Document.Parsed; readonly at: (offset: number) => Position }
  | { readonly ok: false; readonly faults: readonly YamlFault[] };

/** Reads one document of at most `maxChars` characters. Never throws. */
export function readYaml(text: string, maxChars: number): ReadYaml {
  const read = readYamlDocument(text, maxChars);
  if (!read.ok) return read;
  const { document, at } = read;
  return guarded(() => {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    const source: YamlSource = {
      value,
      positionOf: (path) => at(offsetOf(document, path)),
      given: (path) => (isGiven(value, path) ? at(offsetOf(document, path)) : null),
      positionOfKey: (path, key) => at(offsetOfKey(document, path, key)),
    };
    return { ok: true, source };
  });
}

/**
 * Like `readYaml`, before anchors are followed: whoever walks the document bounds that. Never throws. `twins`: a key may stand
 * twice, and the caller looks for that; the library compares each key with each.
 */
export function readYamlDocument(text: string, maxChars: number, twins = false): ReadDocument {
  if (text.length > maxChars) return fault(`The file is longer than ${maxChars} characters.`);
  if (bracketLevels(text) > MAX_LEVELS || MANY_INDICATORS.test(text)) return fault(TOO_DEEP);
  return guarded(() => parsed(text, !twins));
}

function parsed(text: string, uniqueKeys: boolean): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent", uniqueKeys });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    return { ok: false, faults: document.errors.map((e) => ({ ...at(e.pos[0]), message: firstLine(e.message) })) };
  return { ok: true, document, at };
}

/** The library throws on too many aliases and, as any recursive reader, where nesting outgrows the stack. */
function guarded<T>(read: () => T): T | ReturnType<typeof fault> {
  try {
    return read();
  } catch (error) {
    return fault(error instanceof ReferenceError ? "It repeats its aliases too often." : TOO_DEEP);
  }
}

/** Brackets inside texts count as well: no honest file opens so many without closing them. */
function bracketLevels(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === "[" || bracket === "{" ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function fault(message: string): { readonly ok: false; readonly faults: readonly YamlFault[] } {
  return { ok: false, faults: [{ ...START, message }] };
}

function isGiven(value: unknown, path: KeyPath): boolean {
  let inner = value;
  for (const step of path) {
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, step)) return false;
    // `hasOwn` has just said that it is there.
    inner = (inner as Readonly<Record<string | number, unknown>>)[step];
  }
  return true;
}

function offsetOf(document: Document.Parsed, path: KeyPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = rangeStart(node);
    if (start !== null) return start;
  }
  return 0;
}

function offsetOfKey(document: Document.Parsed, path: KeyPath, key: string): number {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(node)
    ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
    : undefined;
  return rangeStart(pair?.key) ?? offsetOf(document, path);
}

function rangeStart(node: unknown): number | null {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return null;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : null;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
