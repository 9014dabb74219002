/**
 * A JSON text as a tree that keeps what `JSON.parse` loses: every number as it was written (integers beyond 2^53,
 * 1.0 against 1) and every key, also a repeated one. A page that lost them would show different answers as equal.
 */

export interface JsonScalar {
  readonly type: "string" | "number" | "boolean" | "null";
  /** As it stands in the text. */
  readonly source: string;
  /** Equal scalars have equal meanings: strings without their escapes, numbers by their digits. */
  readonly meaning: string;
}

export interface JsonObject {
  readonly type: "object";
  readonly entries: readonly (readonly [key: string, value: Json])[];
  readonly meaning: string;
}

export interface JsonList {
  readonly type: "array";
  readonly items: readonly Json[];
  readonly meaning: string;
}

export type Json = JsonScalar | JsonObject | JsonList;

/** A body that nests deeper is shown as text: the rows are built by recursion. */
const MAX_DEPTH = 200;

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\],:"]+/g;

/** The tree of a JSON text, or null when it is none or nests too deeply. */
export function jsonTree(text: string): Json | null {
  if (!isJson(text)) return null;
  const open: Container[] = [];
  for (const token of text.match(TOKEN) ?? []) {
    const done = take(token, open);
    if (done !== null) return done;
    if (open.length > MAX_DEPTH) return null;
  }
  return null;
}

/** Takes one token into the open containers. Returns the value that it completes when that is the whole document. */
function take(token: string, open: Container[]): Json | null {
  const top = open.at(-1);
  if (token === "{" || token === "[") {
    open.push({ isObject: token === "{", key: null, keys: [], values: [] });
    return null;
  }
  if (token === "}" || token === "]") return place(close(open.pop()), open.at(-1));
  if (!top?.isObject || top.key !== null) return place(scalar(token), top);
  top.key = decoded(token);
  return null;
}

function place(value: Json, parent: Container | undefined): Json | null {
  if (parent === undefined) return value;
  parent.keys.push(parent.key ?? "");
  parent.values.push(value);
  parent.key = null;
  return null;
}

/** A list or object while its members are being read. */
interface Container {
  readonly isObject: boolean;
  /** The key whose value comes next. */
  key: string | null;
  readonly keys: string[];
  readonly values: Json[];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function close(container: Container | undefined): Json {
  if (container === undefined) return scalar("null");
  const { isObject, keys, values } = container;
  if (!isObject) return { type: "array", items: values, meaning: `[${values.map((item) => item.meaning).join(",")}]` };
  const entries = values.map((value, at) => [keys[at] ?? "", value] as const);
  const sorted = entries.map(([key, value]) => `${JSON.stringify(key)}:${value.meaning}`).toSorted();
  return { type: "object", entries, meaning: `{${sorted.join(",")}}` };
}

function scalar(source: string): JsonScalar {
  if (source.startsWith('"')) return { type: "string", source, meaning: JSON.stringify(decoded(source)) };
  if (source === "true" || source === "false") return { type: "boolean", source, meaning: source };
  if (source === "null") return { type: "null", source, meaning: source };
  return { type: "number", source, meaning: numberMeaning(source) };
}

/** Integers mean their digits; other notations of one number (1.0, 1e0) mean the same while it is exact. */
function numberMeaning(source: string): string {
  const value = Number(source);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(source) ? String(value) : source;
}

function decoded(source: string): string {
  return String(JSON.parse(source));
}
