/**
 * Redaction of JSON as text: only the tokens that have to go are replaced, everything else stays byte for byte, so that
 * big integers, number notation, key order and duplicate keys survive for the comparison. It reads leniently: a body cut
 * by the capture limit is redacted up to its end.
 */
import { isCardNumber } from "./patterns.ts";
import type { Redaction } from "./redaction.ts";
import { redactText } from "./text.ts";

/** JSON inside strings of JSON is followed that deep. */
const MAX_NESTED_TEXTS = 3;

const NUMBER = /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

export interface RedactedJson {
  readonly text: string;
  /** Something stood outside of strings that is no JSON: names may have been misread, so the caller has to look again. */
  readonly broken: boolean;
}

interface Container {
  readonly isObject: boolean;
  readonly secret: boolean;
}

/** Where the scan stands. Mutable for speed: one per call, never handed out. */
interface Scan {
  readonly text: string;
  readonly redaction: Redaction;
  readonly nesting: number;
  readonly containers: Container[];
  readonly pieces: string[];
  /** Everything before it is in `pieces`. */
  copied: number;
  expectsKey: boolean;
  /** The value that comes next stands under a secret name. */
  secretNext: boolean;
  broken: boolean;
}

export function redactJson(text: string, redaction: Redaction, nesting = 0): RedactedJson {
  const scan: Scan = {
    text,
    redaction,
    nesting,
    containers: [],
    pieces: [],
    copied: 0,
    expectsKey: false,
    secretNext: false,
    broken: false,
  };
  let at = 0;
  while (at < text.length) at = step(scan, at);
  if (scan.pieces.length === 0) return { text, broken: scan.broken };
  return { text: scan.pieces.join("") + text.slice(scan.copied), broken: scan.broken };
}

/** Reads one token at `at` and returns where the next one starts. */
function step(scan: Scan, at: number): number {
  switch (scan.text[at]) {
    case '"':
      return readString(scan, at);
    case "{":
    case "[":
      open(scan, scan.text[at] === "{");
      return at + 1;
    case "}":
    case "]":
      scan.containers.pop();
      scan.expectsKey = false;
      scan.secretNext = false;
      return at + 1;
    case ",":
      scan.expectsKey = scan.containers.at(-1)?.isObject === true;
      scan.secretNext = false;
      return at + 1;
    case ":":
      scan.expectsKey = false;
      return at + 1;
    case " ":
    case "\n":
    case "\r":
    case "\t":
      return at + 1;
    default:
      return readLiteral(scan, at);
  }
}

function open(scan: Scan, isObject: boolean): void {
  scan.containers.push({ isObject, secret: isSecretHere(scan) });
  scan.expectsKey = isObject;
  scan.secretNext = false;
}

function isSecretHere(scan: Scan): boolean {
  return scan.secretNext || scan.containers.at(-1)?.secret === true;
}

function readString(scan: Scan, start: number): number {
  const end = endOfString(scan.text, start);
  const raw = scan.text.slice(start + 1, scan.text[end - 1] === '"' && end - 1 > start ? end - 1 : end);
  if (scan.expectsKey) readKey(scan, raw, { start, end });
  else readText(scan, raw, { start, end });
  return end;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function readKey(scan: Scan, raw: string, span: Span): void {
  scan.secretNext = scan.redaction.isSecretName(unescaped(raw));
  scan.expectsKey = false;
  const redacted = redactText(raw, scan.redaction);
  if (redacted !== raw) replace(scan, span, JSON.stringify(unescaped(redacted)));
}

function readText(scan: Scan, raw: string, span: Span): void {
  const value = unescaped(raw);
  const redacted = isSecretHere(scan) ? scan.redaction.replace("string", value) : redactInner(scan, value);
  if (redacted !== value) replace(scan, span, JSON.stringify(redacted));
}

/** A string that is JSON itself is redacted by its names too. */
function redactInner(scan: Scan, value: string): string {
  const isJson = scan.nesting < MAX_NESTED_TEXTS && /^\s{0,8}[{[]/.test(value) && value.includes('"');
  const named = isJson ? redactJson(value, scan.redaction, scan.nesting + 1).text : value;
  return redactText(named, scan.redaction);
}

function readLiteral(scan: Scan, start: number): number {
  const end = endOfLiteral(scan.text, start);
  const literal = scan.text.slice(start, end);
  const type = literalType(literal, end === scan.text.length);
  if (type === undefined) scan.broken = true;
  if (literal !== "null" && (isSecretHere(scan) || (type === "number" && isCardNumber(literal))))
    replace(scan, { start, end }, JSON.stringify(scan.redaction.replace(type ?? "string", literal)));
  return end;
}

function literalType(literal: string, cut: boolean): "number" | "boolean" | "string" | undefined {
  if (NUMBER.test(literal)) return "number";
  if (literal === "true" || literal === "false") return "boolean";
  const isPrefix =
    cut && (/^-?[0-9.eE+-]*$/.test(literal) || ["true", "false"].some((word) => word.startsWith(literal)));
  return literal === "null" || isPrefix || (cut && "null".startsWith(literal)) ? "string" : undefined;
}

function replace(scan: Scan, span: Span, text: string): void {
  scan.pieces.push(scan.text.slice(scan.copied, span.start), text);
  scan.copied = span.end;
}

/** Behind the closing quote; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1))
    if (!isEscaped(text, at, start)) return at + 1;
  return text.length;
}

function isEscaped(text: string, at: number, start: number): boolean {
  let backslashes = 0;
  while (at - 1 - backslashes > start && text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

function endOfLiteral(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !'"{}[],: \n\r\t'.includes(text[end] ?? "")) end += 1;
  return end;
}

/** The characters that a JSON string stands for; the raw text where its escapes are broken. */
function unescaped(raw: string): string {
  if (!raw.includes("\\")) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}
