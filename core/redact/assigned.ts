/**
 * The value that is assigned to a name in text: `name: value`, `"name": "value"`, `name=value`, `'name' => 'value'`,
 * `--name value`, blocks of YAML. Every way out moves on, so that no part of a text is read twice.
 */
import type { NameAt } from "./named.ts";

export type Assigned =
  | { readonly kind: "value"; readonly start: number; readonly end: number }
  /** A list or an object starts there, and nobody knows yet where it ends. */
  | { readonly kind: "container"; readonly start: number; readonly notation: Notation };

/** How a value without quotes stands beside its name, which says where it ends. */
export interface Notation {
  readonly equals: boolean;
  readonly startsLine: boolean;
}

/** A value without an end is taken that far. */
const MAX_VALUE_CHARS = 4096;

/** Quotes of the name, brackets of an index, white space, the sign. Escaped quotes stand in JSON inside of text. */
const SIGN = /\\{0,8}["'`]?[\])]?[ \t]{0,16}(=>|:=|[:=])(?![:/=])[ \t]{0,16}/y;
const SIGN_OF_QUOTED = /\\{0,8}["'`][\])]?\s{0,64}(=>|:=|[:=])(?![:/=])\s{0,64}/y;
const OPTION = / (?=[^\s-])/y;

const QUOTE = /(\\{0,8})("""|["'`])/y;
const BLOCK = /(?:[|>][+-]?\d?[ \t]{0,16})?\r?\n/y;

/** Where the name starts its line, apart from what YAML, quotes and shells put before it. */
const LINE_START = /(?:^|\n)[ \t]{0,64}(?:- |export |set |[#>*] ?)?\\{0,8}["']?$/;

export function assignedValue(name: NameAt): Assigned | undefined {
  const { text, start, end } = name;
  const sign = signAt(name);
  if (sign === undefined) return optionValue(name);
  const at = sign.end;
  const code = text.charAt(at);
  const startsLine = LINE_START.test(text.slice(Math.max(0, start - 80), start));
  const notation = { equals: sign.text === "=", startsLine: startsLine && end <= at };
  if (code === "{" || code === "[") return { kind: "container", start: at, notation };
  const quote = matchAt(QUOTE, text, at);
  if (quote !== null) return quotedValue(text, at + quote[0].length, quote);
  if (startsLine && sign.text === ":" && matchAt(BLOCK, text, at) !== null) return blockValue(text, start, at);
  if (code === "" || code === "<" || code === "\n" || code === "\r") return undefined;
  return { kind: "value", start: at, end: endOfBare(text, at, notation) };
}

function signAt({ text, end }: NameAt): { readonly text: string; readonly end: number } | undefined {
  const match = matchAt(SIGN_OF_QUOTED, text, end) ?? matchAt(SIGN, text, end);
  return match === null ? undefined : { text: match[1] ?? "", end: end + match[0].length };
}

/** `--password value` of a command line. */
function optionValue({ text, start, end }: NameAt): Assigned | undefined {
  if (!text.startsWith("--", start) || matchAt(OPTION, text, end) === null) return undefined;
  const quote = matchAt(QUOTE, text, end + 1);
  if (quote !== null) return quotedValue(text, end + 1 + quote[0].length, quote);
  return { kind: "value", start: end + 1, end: endBefore(text, end + 1, /[\s"'<>]/g) };
}

/** Up to the closing quote, which has as many backslashes before it as the opening one. */
function quotedValue(text: string, start: number, quote: RegExpExecArray): Assigned | undefined {
  const escapes = quote[1]?.length ?? 0;
  const mark = quote[2] ?? '"';
  const limit = Math.min(text.length, start + MAX_VALUE_CHARS);
  let backslashes = 0;
  for (let at = start; at < limit; at += 1) {
    if (text.startsWith(mark, at) && (escapes === 0 ? backslashes % 2 === 0 : backslashes <= escapes))
      return at - backslashes > start || backslashes === 0
        ? span(start, escapes === 0 ? at : at - backslashes)
        : undefined;
    backslashes = text.charAt(at) === "\\" ? backslashes + 1 : 0;
  }
  return span(start, limit);
}

function span(start: number, end: number): Assigned | undefined {
  return end > start ? { kind: "value", start, end } : undefined;
}

/** Where a value without quotes ends. In a query that is the end of the parameter, on a line of its own that of the line. */
export function endOfBare(text: string, at: number, { equals, startsLine }: Notation): number {
  const endOfLine = startsLine ? endBefore(text, at, /[\r\n]/g) : at;
  const isLine = startsLine && !(equals && text.slice(at, endOfLine).includes("&"));
  return isLine ? endOfLine : endBefore(text, at, equals ? /[\s&;#"'<>\\]/g : /[,;"'`<>)}\]&\\\r\n]/g);
}

/** The lines below that are indented deeper than the name, or are items of its list. */
function blockValue(text: string, start: number, at: number): Assigned | undefined {
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const indent = start - lineStart;
  const first = text.indexOf("\n", at) + 1;
  let end = first;
  while (end < text.length) {
    const next = nextLine(text, end);
    const line = text.slice(end, next);
    const depth = line.length - line.trimStart().length;
    if (line.trim() !== "" && depth <= indent && !(depth === indent && line.startsWith("- ", depth))) break;
    end = next;
  }
  const block = text.slice(first, end);
  const from = first + block.length - block.trimStart().length;
  return span(from, first + block.trimEnd().length);
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

function endBefore(text: string, from: number, delimiter: RegExp): number {
  delimiter.lastIndex = from;
  const found = delimiter.exec(text);
  return found === null ? text.length : found.index;
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}
