/**
 * Elements of lists that stand in one text as they stand in the other: their tokens are copied and not read again. Apart from
 * the reader, which is right without it: equal text has equal tokens, wherever it stands.
 */
import {
  endOf,
  isContainer,
  isEmpty,
  isList,
  type JsonDocument,
  lengthOf,
  linkOf,
  STRIDE,
  startOf,
} from "./document.ts";

/** What was read before. Mutable for speed: one for each text that is read. */
export interface Known {
  readonly document: JsonDocument;
  /** First elements of lists, by the number of the list's name. Null until somebody asks, as the next one. */
  firsts: ReadonlyMap<number, number> | null;
  /** The element that stands next if nothing moved, -1 for none; and those of the lists around. */
  expected: number;
  readonly outer: number[];
  /** The one that stood next before something changed: elements may have been added before it. */
  passed: number;
  /** How many elements in a row were not as expected. */
  misses: number;
  /** Characters that may still be compared in vain. */
  room: number;
}

/** A text whose tokens are copied, as far as it is read. */
export interface Copying {
  readonly text: string;
  tokens: Int32Array;
  /** Index behind the last token. */
  top: number;
}

/** Of the text's length: nothing that anybody nests takes longer than reading it this many times. */
const MAX_VAIN = 8;

/** After so many changed elements in a row, others are only looked for in their place. */
const MAX_MISSES = 8;

/** What is shorter is read as fast as it is found. Characters. */
const MIN_ELEMENT_CHARS = 48;

/** Below, reading is as fast. */
const MIN_TEXT_CHARS = 1_024;

/** Null for a short text. */
export function knownFrom(document: JsonDocument): Known | null {
  const { length } = document.text;
  if (length < MIN_TEXT_CHARS) return null;
  return {
    document,
    firsts: null,
    expected: -1,
    outer: [],
    passed: -1,
    misses: 0,
    room: MAX_VAIN * length,
  };
}

/** A list begins under the name of this number, -1 for none. */
export function enterList(known: Known, name: number): void {
  const { document } = known;
  known.outer.push(known.expected);
  known.firsts ??= firstsIn(document);
  known.expected =
    name === -1 ? (isList(document, 0) && !isEmpty(document, 0) ? 1 : -1) : (known.firsts.get(name) ?? -1);
  known.passed = -1;
  known.misses = 0;
}

export function leaveList(known: Known): void {
  known.expected = known.outer.pop() ?? -1;
  known.passed = -1;
  known.misses = 0;
}

/** Only of lists whose elements are worth copying. */
function firstsIn(document: JsonDocument): ReadonlyMap<number, number> {
  const firsts = new Map<number, number>();
  const { tokens } = document;
  for (let node = 1; node < document.size - 2; node++) {
    const link = tokens[node * STRIDE + 2] ?? 0;
    // Only the links of names are negative. Lengths are looked at before the text: most values are short.
    if (
      link >= 0 ||
      lengthOf(document, node + 1) < MIN_ELEMENT_CHARS ||
      lengthOf(document, node + 2) < MIN_ELEMENT_CHARS
    )
      continue;
    if (!isList(document, node + 1) || !isContainer(document, node + 2) || firsts.has(~link)) continue;
    firsts.set(~link, node + 2);
  }
  return firsts;
}

/** Where the copied element ends in the text that is read; -1 where nothing known stands. */
export function copyKnown(reading: Copying, known: Known, at: number): number {
  const node = known.room <= 0 ? -1 : knownAt(reading.text, known, at);
  if (node === -1) return -1;
  const { document } = known;
  copyTokens(reading, { document, node, shift: at - startOf(document, node) });
  known.expected = linkOf(document, node);
  known.passed = -1;
  known.misses = 0;
  return at + endOf(document, node) - startOf(document, node);
}

function knownAt(text: string, known: Known, at: number): number {
  const { document, expected, passed } = known;
  if (expected === -1) return -1;
  if (stands(text, known, { node: expected, at })) return expected;
  const next = expected < document.size ? linkOf(document, expected) : -1;
  if (known.misses < MAX_MISSES) {
    // Elements were added before the first one that was passed over, or the expected one was lost.
    if (stands(text, known, { node: passed, at })) return passed;
    if (stands(text, known, { node: next, at })) return next;
  }
  if (passed === -1) known.passed = expected;
  known.misses++;
  known.expected = next;
  return -1;
}

function stands(text: string, known: Known, { node, at }: { readonly node: number; readonly at: number }): boolean {
  const { document } = known;
  if (node < 0 || node >= document.size || !isContainer(document, node)) return false;
  const [start, end] = [startOf(document, node), endOf(document, node)];
  if (end > document.text.length) return false;
  if (document.text.slice(start, end) === text.slice(at, at + end - start)) return true;
  known.room -= end - start;
  return false;
}

interface Copied {
  readonly document: JsonDocument;
  readonly node: number;
  /** How many characters further on it stands. */
  readonly shift: number;
}

function copyTokens(reading: Copying, { document, node, shift }: Copied): void {
  const end = linkOf(document, node) * STRIDE;
  const from = node * STRIDE;
  reading.tokens = withRoom(reading.tokens, reading.top + end - from);
  const { tokens } = reading;
  const nodes = reading.top / STRIDE - node;
  let to = reading.top;
  for (let at = from; at < end; at += STRIDE) {
    const link = document.tokens[at + 2] ?? 0;
    tokens[to] = (document.tokens[at] ?? 0) + shift;
    tokens[to + 1] = (document.tokens[at + 1] ?? 0) + shift;
    // Numbers of names are the same in both texts, and negative.
    tokens[to + 2] = link < 0 ? link : link + nodes;
    to += STRIDE;
  }
  reading.top = to;
}

/** The tokens with room for as many numbers. */
export function withRoom(tokens: Int32Array, numbers: number): Int32Array {
  if (numbers <= tokens.length) return tokens;
  const larger = new Int32Array(Math.max(numbers, tokens.length * 2));
  larger.set(tokens);
  return larger;
}
