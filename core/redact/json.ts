/**
 * Redaction of JSON as text: only the tokens that have to go are replaced, everything else stays byte for byte, so that
 * big integers, number notation, key order and duplicate keys survive for the comparison. It reads leniently: a body cut
 * by the capture limit is redacted up to its end. Character codes in one pass, because this runs over every page.
 */
import { characterTable, isIn } from "./characters.ts";
import { leniently, literalType, NUMBER_CHARACTERS } from "./json-literal.ts";
import type { NameFacts } from "./names.ts";
import { isCardNumber } from "./numbers.ts";
import type { Redaction } from "./redaction.ts";
import { isTelling, MIN_NUMBER_CHARS, newTraits, readQuoted, type Traits } from "./traits.ts";

export interface RedactedJson {
  readonly text: string;
  /** Something stood outside of strings that is no JSON: names may have been misread, so the caller has to look again. */
  readonly broken: boolean;
}

export interface JsonOptions {
  /** How many carriers this text was found in. */
  readonly depth?: number;
  /** The text was cut somewhere: its last value is replaced whole, because nobody can see what it would have been. */
  readonly cut?: boolean;
}

/** Where the scan stands. Mutable for speed: one per call, never handed out. */
interface Scan {
  readonly text: string;
  readonly redaction: Redaction;
  readonly depth: number;
  readonly cut: boolean;
  /** One number per open container: its bits are `OBJECT` and `SECRET`. */
  readonly open: number[];
  readonly pieces: string[];
  readonly traits: Traits;
  /** Everything before it is in `pieces`. */
  copied: number;
  /** Bits of the innermost open container. */
  top: number;
  expectsKey: boolean;
  /** The value that comes next stands under a secret name. */
  secretNext: boolean;
  broken: boolean;
  lastName: NameFacts | undefined;
}

const OBJECT = 1;
const SECRET = 2;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** What ends a number or a word. */
const ENDS_LITERAL = characterTable('"{}[],: \n\r\t');

const WHITE = characterTable(" \n\r\t");

export function redactJson(text: string, redaction: Redaction, options: JsonOptions = {}): RedactedJson {
  const scan = scanOf(text, redaction, options);
  let at = 0;
  while (at < text.length) at = step(scan, at);
  const whole = scan.copied === 0 ? text : scan.pieces.join("") + text.slice(scan.copied);
  return { text: whole, broken: scan.broken };
}

/** What has no end is taken that far. */
const MAX_OPEN_CHARS = 4096;

/**
 * The list or object under a secret name that starts at `start`, every leaf replaced, and where it ends. Null for its text:
 * it is no JSON, such as an object of a script, and has to go as a whole.
 */
export function redactJsonValue(
  text: string,
  start: number,
  redaction: Redaction,
): { readonly text: string | null; readonly end: number } {
  const scan = scanOf(text, redaction, {});
  scan.top = SECRET;
  scan.copied = start;
  let end = step(scan, start);
  while (end < text.length && scan.open.length > 0) end = step(scan, end);
  const isClosed = scan.open.length === 0;
  if (isClosed && !scan.broken) return { text: scan.pieces.join("") + text.slice(scan.copied, end), end };
  return { text: null, end: isClosed ? end : Math.min(end, start + MAX_OPEN_CHARS) };
}

function scanOf(text: string, redaction: Redaction, { depth = 0, cut = false }: JsonOptions): Scan {
  const top = redaction.rules.shapeOnly ? SECRET : 0;
  return {
    text,
    redaction,
    depth,
    cut,
    open: [],
    pieces: [],
    traits: newTraits(),
    copied: 0,
    top,
    expectsKey: false,
    secretNext: false,
    broken: false,
    lastName: undefined,
  };
}

/** Reads one token at `at` and returns where the next one starts. */
function step(scan: Scan, at: number): number {
  const code = scan.text.charCodeAt(at);
  switch (code) {
    case QUOTE:
      return scan.expectsKey ? readKey(scan, at) : readText(scan, at);
    case COLON:
      scan.expectsKey = false;
      return at + 1;
    case COMMA:
      scan.expectsKey = (scan.top & OBJECT) !== 0;
      scan.secretNext = false;
      return at + 1;
    case OPEN_BRACE:
      return open(scan, at, OBJECT);
    case OPEN_BRACKET:
      return open(scan, at, 0);
    case CLOSE_BRACE:
    case CLOSE_BRACKET:
      return close(scan, at);
    default:
      return isIn(WHITE, code) || code === 0xfeff ? at + 1 : readLiteral(scan, at);
  }
}

function open(scan: Scan, at: number, kind: number): number {
  scan.open.push(scan.top);
  scan.top = kind | (scan.secretNext ? SECRET : scan.top & SECRET);
  scan.expectsKey = kind === OBJECT;
  scan.secretNext = false;
  return at + 1;
}

function close(scan: Scan, at: number): number {
  scan.top = scan.open.pop() ?? scan.top;
  scan.expectsKey = false;
  scan.secretNext = false;
  return at + 1;
}

function isSecretHere(scan: Scan): boolean {
  return scan.secretNext || (scan.top & SECRET) !== 0;
}

function readKey(scan: Scan, start: number): number {
  const guess = scan.lastName?.next;
  if (guess === undefined || !scan.text.startsWith(guess.quoted, start)) return readNewKey(scan, start);
  scan.expectsKey = false;
  scan.secretNext = guess.secret;
  scan.lastName = guess;
  const end = start + guess.quoted.length;
  if (!guess.plain || scan.redaction.rules.looksAtAll) lookAtKey(scan, { start, end, closed: true });
  return end;
}

function readNewKey(scan: Scan, start: number): number {
  const { text, redaction } = scan;
  const end = endOfKey(text, start);
  const closed = end <= text.length;
  const raw = text.slice(start + 1, end - 1);
  const facts = redaction.rules.names.read(unescaped(raw));
  scan.expectsKey = false;
  scan.secretNext = facts.secret;
  if (scan.lastName !== undefined && !raw.includes("\\")) scan.lastName.next = facts;
  scan.lastName = facts;
  if (!facts.plain || redaction.rules.looksAtAll || !closed) lookAtKey(scan, { start, end, closed });
  return closed ? end : text.length;
}

function lookAtKey(scan: Scan, { start, end, closed }: Found): void {
  const { redaction } = scan;
  const key = unescaped(scan.text.slice(start + 1, end - 1));
  const redacted =
    scan.cut && !closed ? redaction.replace("string", key) : redaction.text(key, { depth: scan.depth + 1 });
  if (redacted !== key) replace(scan, { start, end, text: quoted(redacted, closed) });
}

/** Behind the closing quote; beyond the end of the text, by one, where there is none. */
function endOfKey(text: string, start: number): number {
  const end = text.indexOf('"', start + 1);
  if (end === -1) return text.length + 1;
  return text.charCodeAt(end - 1) === BACKSLASH ? endOfEscaped(text, start) : end + 1;
}

function endOfEscaped(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
  return text.length + 1;
}

function readText(scan: Scan, start: number): number {
  const { text, traits } = scan;
  readQuoted(text, start + 1, traits);
  const closed = traits.end < text.length;
  const end = closed ? traits.end + 1 : text.length + 1;
  if (isSecretHere(scan) || !closed || scan.redaction.rules.looksAtAll || isTelling(traits))
    lookAtText(scan, { start, end, closed });
  return closed ? end : text.length;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

function lookAtText(scan: Scan, { start, end, closed }: Found): void {
  const { redaction, depth } = scan;
  const value = unescaped(scan.text.slice(start + 1, end - 1));
  const whole = isSecretHere(scan) || (scan.cut && !closed);
  const redacted = whole ? redaction.replace("string", value) : redaction.text(value, { depth: depth + 1 });
  if (redacted !== value) replace(scan, { start, end, text: quoted(redacted, closed) });
}

/** What was open stays open: the comparison has to see that it was cut. */
function quoted(text: string, closed: boolean): string {
  const json = JSON.stringify(text);
  return closed ? json : json.slice(0, -1);
}

function readLiteral(scan: Scan, start: number): number {
  const { text, redaction } = scan;
  let end = start + 1;
  let onlyNumber = isIn(NUMBER_CHARACTERS, text.charCodeAt(start));
  for (let code = text.charCodeAt(end); end < text.length && !isIn(ENDS_LITERAL, code); code = text.charCodeAt(end)) {
    onlyNumber = onlyNumber && isIn(NUMBER_CHARACTERS, code);
    end += 1;
  }
  const isCut = scan.cut && end === text.length;
  const plain = onlyNumber && end - start < MIN_NUMBER_CHARS && !redaction.rules.looksAtAll;
  if (!plain || isCut || isSecretHere(scan)) lookAtLiteral(scan, { start, end, isCut });
  return end;
}

function lookAtLiteral(scan: Scan, span: { start: number; end: number; isCut: boolean }): void {
  const { redaction, depth } = scan;
  const literal = scan.text.slice(span.start, span.end);
  const type = literalType(literal, span.end === scan.text.length);
  if (type === undefined) scan.broken = true;
  if (literal === "null") return;
  const whole = isSecretHere(scan) || span.isCut || (type === "number" && isSecretNumber(literal, redaction, depth));
  if (whole) replace(scan, { ...span, text: quoted(redaction.replace(type ?? "string", literal), !span.isCut) });
}

function isSecretNumber(literal: string, redaction: Redaction, depth: number): boolean {
  if (isCardNumber(literal)) return true;
  return redaction.rules.looksAtAll && redaction.text(literal, { depth }) !== literal;
}

function replace(scan: Scan, { start, end, text }: { start: number; end: number; text: string }): void {
  scan.pieces.push(scan.text.slice(scan.copied, start), text);
  scan.copied = end;
}

/** The characters that a JSON string stands for; where its escapes are broken, as many as can be read. */
function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return leniently(raw);
  }
}
