/**
 * Reads JSON text without recursion: ten thousand levels are as good as one, and a text that was cut at the capture limit
 * gives what stands before the cut. `JSON.parse` would lose digits of large numbers and keys that stand twice.
 */
import { hashText, mixHashes } from "../hash.ts";
import { hashOf, type Json } from "./value.ts";

export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  /** `at` is the character at which it stopped being JSON. */
  | { readonly ok: false; readonly at: number };

interface Frame {
  readonly items: Json[] | null;
  readonly members: Map<string, Json>;
  readonly duplicates: string[];
  key: string | null;
}

interface Reader {
  readonly text: string;
  readonly cut: boolean;
  at: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const CUT_NUMBER = /-?[\d.eE+-]*$/y;
const WORDS: readonly (readonly [string, Json])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
/** Returned by the readers of single tokens when the text is not JSON there. `undefined` is no JSON value. */
type Unread = undefined;

/** `cut: true` takes a text that ends in the middle; containers that were not closed say so. */
export function parseJson(text: string, cut = false): ParsedJson {
  const reader: Reader = { text, cut, at: text.charCodeAt(0) === 0xfeff ? 1 : 0 };
  const stack: Frame[] = [];
  let done: Json | Unread;
  for (;;) {
    skipSpace(reader);
    if (done !== undefined) return reader.at === text.length ? { ok: true, value: done } : failed(reader);
    if (reader.at >= text.length) return cut ? unfinished(stack) : failed(reader);
    const value = step(reader, stack);
    if (value === "more") continue;
    if (value === "broken") return cut && reader.at >= text.length ? unfinished(stack) : failed(reader);
    done = place(stack, value.read);
  }
}

type Step = "more" | "broken" | { readonly read: Json };

/** Reads one token: opens or closes a container, or returns a value that is complete. */
function step(reader: Reader, stack: Frame[]): Step {
  const frame = stack.at(-1);
  const next = reader.text[reader.at];
  if (frame !== undefined) {
    if (next === (frame.items === null ? "}" : "]")) return closes(reader, stack, frame);
    const separated = separator(reader, frame);
    if (!separated) return "broken";
    if (frame.items === null && frame.key === null) return readKey(reader, frame);
  }
  return readValue(reader, stack);
}

function closes(reader: Reader, stack: Frame[], frame: Frame): Step {
  if (frame.key !== null) return "broken";
  reader.at++;
  stack.pop();
  return { read: finish(frame, false) };
}

/** Steps over the comma between two elements. The first element and the value after a key need none. */
function separator(reader: Reader, frame: Frame): boolean {
  const filled = frame.items === null ? frame.members.size > 0 : frame.items.length > 0;
  if (!filled || frame.key !== null) return true;
  if (reader.text[reader.at] !== ",") return false;
  reader.at++;
  skipSpace(reader);
  return reader.at < reader.text.length || reader.cut;
}

function readKey(reader: Reader, frame: Frame): Step {
  if (reader.text[reader.at] !== '"') return "broken";
  const key = readString(reader);
  if (key === undefined) return "broken";
  skipSpace(reader);
  if (reader.text[reader.at] !== ":") return "broken";
  reader.at++;
  frame.key = key;
  return "more";
}

function readValue(reader: Reader, stack: Frame[]): Step {
  const next = reader.text[reader.at];
  if (next === "{" || next === "[") {
    reader.at++;
    stack.push({ items: next === "[" ? [] : null, members: new Map(), duplicates: [], key: null });
    return "more";
  }
  const value = next === '"' ? readString(reader) : (readNumber(reader) ?? readWord(reader));
  return value === undefined ? "broken" : { read: value };
}

/** Puts a finished value into its container; without one it is the document. */
function place(stack: readonly Frame[], value: Json): Json | Unread {
  const frame = stack.at(-1);
  if (frame === undefined) return value;
  if (frame.items !== null) frame.items.push(value);
  else if (frame.key !== null) setMember(frame, frame.key, value);
  frame.key = null;
  return undefined;
}

function setMember(frame: Frame, key: string, value: Json): void {
  const earlier = frame.members.get(key);
  if (earlier !== undefined && hashOf(earlier) !== hashOf(value)) frame.duplicates.push(key);
  frame.members.set(key, value);
}

function finish(frame: Frame, open: boolean): Json {
  if (frame.items !== null) {
    const hash = frame.items.reduce<number>((sum, item) => mixHashes(sum, hashOf(item)), 5);
    return { type: "list", items: frame.items, open, hash };
  }
  // Added up, so that the order of keys does not matter.
  let sum = 7 + frame.duplicates.length;
  for (const [key, value] of frame.members)
    sum = (sum + mixHashes(hashText(key, 17), hashOf(value))) % Number.MAX_SAFE_INTEGER;
  return { type: "object", members: frame.members, duplicates: frame.duplicates, open, hash: mixHashes(sum, 19) };
}

/** What stands before the cut: every open container is closed as it is. */
function unfinished(stack: Frame[]): ParsedJson {
  let value: Json | Unread;
  while (stack.length > 0) {
    const frame = stack.pop();
    if (frame === undefined) break;
    value = finish(frame, true);
    const outer = place(stack, value);
    if (outer !== undefined) value = outer;
  }
  return value === undefined ? { ok: false, at: 0 } : { ok: true, value };
}

function readString(reader: Reader): string | Unread {
  const start = reader.at;
  let end = start;
  do {
    end = reader.text.indexOf('"', end + 1);
    if (end === -1) {
      reader.at = reader.text.length;
      return undefined;
    }
  } while (isEscaped(reader.text, end));
  const inner = reader.text.slice(start + 1, end);
  // JSON forbids them raw in strings.
  if (/[\u0000-\u001f]/.test(inner)) return undefined;
  reader.at = end + 1;
  return inner.includes("\\") ? unescaped(reader.text.slice(start, end + 1)) : inner;
}

function isEscaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text[quote - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

function unescaped(literal: string): string | Unread {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

function readNumber(reader: Reader): Json | Unread {
  // A number that touches the cut may have lost digits or its exponent.
  CUT_NUMBER.lastIndex = reader.at;
  if (reader.cut && CUT_NUMBER.test(reader.text)) {
    reader.at = reader.text.length;
    return undefined;
  }
  NUMBER.lastIndex = reader.at;
  const text = NUMBER.exec(reader.text)?.[0];
  if (text === undefined) return undefined;
  reader.at += text.length;
  return { type: "number", text };
}

function readWord(reader: Reader): Json | Unread {
  for (const [word, value] of WORDS) {
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
    if (reader.cut && word.startsWith(reader.text.slice(reader.at))) reader.at = reader.text.length;
  }
  return undefined;
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    reader.at++;
  }
}

function failed(reader: Reader): ParsedJson {
  return { ok: false, at: reader.at };
}
