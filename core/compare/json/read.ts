/**
 * Finds the tokens of a JSON text in one pass over its characters, without recursion and without making values: faster than
 * `JSON.parse`, and nothing is lost (digits of large numbers, names that stand twice). A text that was cut at the capture
 * limit gives what stands before the cut. The loops are long because a call for each character would cost more than its work.
 */
import { copyKnown, enterList, type Known, knownFrom, leaveList, withRoom } from "./copied.ts";
import { type JsonDocument, STRIDE, unescaped } from "./document.ts";
import { type KeyTable, keyNumber, newKeyTable } from "./keys.ts";
import { BROKEN, endOfLiteral, UNENDED } from "./literal.ts";

export type ReadJson =
  | { readonly ok: true; readonly document: JsonDocument }
  /** `at` is the character at which it stopped being JSON. */
  | { readonly ok: false; readonly at: number };

/** Mutable for speed: one for each call. */
interface Reader {
  readonly text: string;
  readonly keys: KeyTable;
  tokens: Int32Array;
  /** Index behind the last token. */
  top: number;
  /** Index of the innermost open container, whose link holds the next outer one; -1 outside of all. */
  open: number;
  inObject: boolean;
  /** One of the states below. */
  next: number;
  readonly cut: boolean;
  lastKey: number;
  /** The text that this one is compared with. */
  readonly known: Known | null;
}

/** What may come next. */
const VALUE = 0;
const VALUE_OR_CLOSE = 1;
const KEY = 2;
const KEY_OR_CLOSE = 3;
const COLON_NEXT = 4;
const COMMA_OR_CLOSE = 5;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Characters for each token that are expected at first. Too few cost a copy, too many memory. */
const CHARACTERS_PER_TOKEN = 8;
const MIN_TOKENS = 16;

/** `cut: true` takes a text that ends in the middle. `like` is the text that this one is compared with. */
export function readJson(
  text: string,
  {
    cut = false,
    like = null,
    keys = like?.keys ?? newKeyTable(),
  }: { cut?: boolean; like?: JsonDocument | null; keys?: KeyTable } = {},
): ReadJson {
  const room = Math.max(MIN_TOKENS, Math.ceil(text.length / CHARACTERS_PER_TOKEN));
  const reader: Reader = {
    text,
    keys,
    tokens: new Int32Array(room * STRIDE),
    top: 0,
    open: -1,
    inObject: false,
    next: VALUE,
    cut,
    lastKey: -1,
    known: like === null ? null : knownFrom(like),
  };
  const at = readTokens(reader);
  const ended = cut && ~at >= text.length ? closeAll(reader) : at >= 0;
  if (!ended) return { ok: false, at: at < 0 ? ~at : at };
  const document = { text, tokens: reader.tokens, size: reader.top / STRIDE, keys, hashes: { of: null } };
  return { ok: true, document };
}

/** Where the text ends, or the complement of the place where it broke. */
function readTokens(reader: Reader): number {
  const { text } = reader;
  const { length } = text;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code <= 32) {
      if (!isSpace(code)) return ~at;
      at++;
      continue;
    }
    const { next } = reader;
    const end =
      next === COMMA_OR_CLOSE
        ? readEnd(reader, code, at)
        : next >= KEY
          ? readName(reader, code, at)
          : readValue(reader, code, at);
    if (end < 0) return ~(end === UNENDED ? length : at);
    at = end;
  }
  return reader.next === COMMA_OR_CLOSE && reader.open === -1 ? at : ~length;
}

/** What comes behind a value: a comma, or the end of its container. Each reader says where it ended. */
function readEnd(reader: Reader, code: number, at: number): number {
  if (reader.open === -1) return BROKEN;
  if (code === COMMA) reader.next = reader.inObject ? KEY : VALUE;
  else if (code === (reader.inObject ? CLOSE_BRACE : CLOSE_BRACKET)) close(reader, at + 1);
  else return BROKEN;
  return at + 1;
}

/** A name, the colon behind it, or the end of an object without any. */
function readName(reader: Reader, code: number, at: number): number {
  if (reader.next === COLON_NEXT) {
    reader.next = VALUE;
    return code === COLON ? at + 1 : BROKEN;
  }
  if (code === CLOSE_BRACE && reader.next === KEY_OR_CLOSE) {
    close(reader, at + 1);
    return at + 1;
  }
  reader.next = COLON_NEXT;
  const end = code === QUOTE ? readKey(reader, at) : BROKEN;
  // Mostly the colon stands right behind it.
  if (end < 0 || end >= reader.text.length || reader.text.charCodeAt(end) !== COLON) return end;
  reader.next = VALUE;
  return end + 1;
}

/** A scalar, the beginning of a container, or the end of a list without any. */
function readValue(reader: Reader, code: number, at: number): number {
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return readContainer(reader, at, code === OPEN_BRACE);
  if (code === CLOSE_BRACKET && reader.next === VALUE_OR_CLOSE) {
    close(reader, at + 1);
    return at + 1;
  }
  const end = code === QUOTE ? endOfString(reader.text, at) : endOfLiteral(reader.text, at, reader.cut);
  reader.next = COMMA_OR_CLOSE;
  if (end < 0) return end;
  pushScalar(reader, at, end);
  // Mostly a comma stands right behind it.
  if (reader.open === -1 || end >= reader.text.length || reader.text.charCodeAt(end) !== COMMA) return end;
  reader.next = reader.inObject ? KEY : VALUE;
  return end + 1;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function pushScalar(reader: Reader, start: number, end: number): void {
  if (reader.top === reader.tokens.length) grow(reader);
  const { tokens, top } = reader;
  tokens[top] = start;
  tokens[top + 1] = end;
  tokens[top + 2] = top / STRIDE + 1;
  reader.top = top + STRIDE;
}

function grow(reader: Reader): void {
  reader.tokens = withRoom(reader.tokens, reader.top + STRIDE);
}

/** The whole of an element that is known, otherwise the beginning. */
function readContainer(reader: Reader, start: number, inObject: boolean): number {
  const { known } = reader;
  if (known === null) return openContainer(reader, start, inObject);
  const end = reader.inObject || reader.open === -1 ? -1 : copyKnown(reader, known, start);
  if (end !== -1) {
    reader.next = COMMA_OR_CLOSE;
    return end;
  }
  if (!inObject) enterList(known, reader.inObject ? reader.lastKey : -1);
  return openContainer(reader, start, inObject);
}

function openContainer(reader: Reader, start: number, inObject: boolean): number {
  if (reader.top === reader.tokens.length) grow(reader);
  const { tokens, top } = reader;
  tokens[top] = start;
  tokens[top + 2] = reader.open;
  reader.open = top;
  reader.inObject = inObject;
  reader.next = inObject ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
  reader.top = top + STRIDE;
  return start + 1;
}

function close(reader: Reader, end: number): void {
  const { tokens, open } = reader;
  const outer = tokens[open + 2] ?? -1;
  if (reader.known !== null && !reader.inObject) leaveList(reader.known);
  tokens[open + 1] = end;
  tokens[open + 2] = reader.top / STRIDE;
  reader.open = outer;
  reader.next = COMMA_OR_CLOSE;
  reader.inObject = outer !== -1 && reader.text.charCodeAt(tokens[outer] ?? 0) === OPEN_BRACE;
}

/** The text ended: every container that is open is closed as it is, and a name without its value was never there. */
function closeAll(reader: Reader): boolean {
  const { tokens, text } = reader;
  if (reader.open !== -1 && text.charCodeAt(tokens[reader.open] ?? 0) === 123 && hasLoneKey(reader))
    reader.top -= STRIDE;
  while (reader.open !== -1) close(reader, text.length + 1);
  return reader.top > 0;
}

/** Whether the innermost open object ends in a name: its tokens, walked by their links, are names and values in turns. */
function hasLoneKey(reader: Reader): boolean {
  const { tokens, top } = reader;
  let at = reader.open + STRIDE;
  while (at < top) {
    if (at + STRIDE >= top) return true;
    at = (tokens[at + STRIDE + 2] ?? 0) * STRIDE;
  }
  return false;
}

function readKey(reader: Reader, start: number): number {
  const { text, keys, lastKey } = reader;
  const guess = lastKey === -1 ? -1 : (keys.following[lastKey] ?? -1);
  const quoted = guess === -1 ? "" : (keys.quoted[guess] ?? "");
  const hit = quoted !== "" && standsAt(text, quoted, start);
  const end = hit ? start + quoted.length : endOfString(text, start);
  if (end < 0) return end;
  const key = hit ? guess : newKey(reader, start, end);
  reader.lastKey = key;
  if (reader.top === reader.tokens.length) grow(reader);
  const { tokens, top } = reader;
  tokens[top] = start;
  tokens[top + 1] = end;
  tokens[top + 2] = ~key;
  reader.top = top + STRIDE;
  return end;
}

/** A loop: for a few characters `startsWith` takes longer. */
function standsAt(text: string, expected: string, start: number): boolean {
  if (start + expected.length > text.length) return false;
  let at = 0;
  while (at < expected.length && text.charCodeAt(start + at) === expected.charCodeAt(at)) at++;
  return at === expected.length;
}

function newKey({ text, keys, lastKey }: Reader, start: number, end: number): number {
  const inner = text.slice(start + 1, end - 1);
  const key = keyNumber(keys, inner.includes("\\") ? unescaped(inner) : inner);
  if (lastKey !== -1) keys.following[lastKey] = key;
  return key;
}

function endOfString(text: string, start: number): number {
  // Bounded by the length: beyond it `charCodeAt` is NaN, which would make every code a floating-point number.
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Small letters, which most characters are.
    if (code > 92) continue;
    if (code === 34) return at + 1;
    if (code === 92) return endOfEscaped(text, at);
    if (code < 32) return BROKEN;
  }
  return UNENDED;
}

function endOfEscaped(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return BROKEN;
    if (code !== 92) continue;
    const length = escapeLength(text, at);
    if (length < 0) return length;
    at += length - 1;
  }
  return UNENDED;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const CUT_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/y;

function escapeLength(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (code === 34 || code === 92 || code === 47 || code === 110) return 2;
  ESCAPE.lastIndex = at;
  if (ESCAPE.test(text)) return ESCAPE.lastIndex - at;
  CUT_ESCAPE.lastIndex = at;
  return CUT_ESCAPE.test(text) ? UNENDED : BROKEN;
}
