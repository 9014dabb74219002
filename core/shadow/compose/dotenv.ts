/**
 * `.env` and the files of `env_file`, by docker compose's rules: quotes, comments, `export`, `KEY: value`, escapes and variables in
 * double quotes, variables in plain values. Never a command. Own code, because the libraries differ from compose or run `$(...)`.
 */
import { interpolate, type Lookup } from "./interpolate.ts";

export interface EnvFault {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

export type ReadEnv =
  | { readonly ok: true; readonly values: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly fault: EnvFault };

/** Variables of one file. */
const MAX_VARIABLES = 2_000;

const BLANK = /[\t\v\f\r \u0085\u00a0]/;
const EXPORT = /^export\s+/;
const WRONG_IN_NAME = /[^\p{L}\p{N}_.[\]\-\t\v\f\r \u0085\u00a0]/u;

/**
 * Reads variables. `lookup` answers for names that are known outside, and goes before those that stand earlier in the file;
 * a name alone on its line takes its value from there.
 */
export function readEnv(text: string, lookup: Lookup): ReadEnv {
  const values = new Map<string, string>();
  const known: Lookup = (name) => lookup(name) ?? values.get(name);
  let cursor: Cursor = { text, at: 0 };
  for (;;) {
    cursor = skipBlank(cursor);
    if (cursor.at >= text.length) return { ok: true, values };
    const read = statement(cursor, known);
    if ("message" in read) return { ok: false, fault: { line: lineAt(text, cursor.at), message: read.message } };
    if (read.value !== undefined) values.set(read.name, read.value);
    if (values.size > MAX_VARIABLES)
      return { ok: false, fault: { line: 1, message: `The file has more than ${MAX_VARIABLES} variables.` } };
    cursor = { text, at: read.end };
  }
}

/** The format `raw` of `env_file`: what stands behind `=` is the value, to the last character. */
export function readRawEnv(text: string, lookup: Lookup): ReadEnv {
  const values = new Map<string, string>();
  for (const [n, line] of text.split(/\r?\n/).entries()) {
    const pair = line.trimStart();
    if (pair === "" || pair.startsWith("#")) continue;
    const cut = pair.indexOf("=");
    const name = cut === -1 ? pair : pair.slice(0, cut);
    if (name === "" || /\s/.test(name))
      return { ok: false, fault: { line: n + 1, message: "A variable's name has no white space." } };
    const value = cut === -1 ? lookup(name) : pair.slice(cut + 1);
    if (value !== undefined) values.set(name, value);
    if (values.size > MAX_VARIABLES)
      return { ok: false, fault: { line: n + 1, message: `The file has more than ${MAX_VARIABLES} variables.` } };
  }
  return { ok: true, values };
}

interface Cursor {
  readonly text: string;
  readonly at: number;
}

interface Statement {
  readonly name: string;
  readonly value: string | undefined;
  readonly end: number;
}

interface Fault {
  readonly message: string;
}

function skipBlank({ text, at }: Cursor): Cursor {
  let next = at;
  while (next < text.length) {
    if (/[\s\u0085\uFEFF]/.test(text.charAt(next))) next += 1;
    else if (text[next] === "#") next = lineEnd(text, next);
    else break;
  }
  return { text, at: next };
}

function statement({ text, at }: Cursor, known: Lookup): Statement | Fault {
  const line = text.slice(at, lineEnd(text, at));
  const exported = EXPORT.exec(line)?.[0].length ?? 0;
  const body = line.slice(exported);
  const cut = body.search(/[=:]/);
  const name = (cut === -1 ? body : body.slice(0, cut)).replace(/[\s\u0085]+$/u, "");
  const wrong = WRONG_IN_NAME.exec(name)?.[0];
  if (wrong !== undefined) return { message: `"${wrong}" cannot stand in a variable's name.` };
  if (name === "" || name.includes(" ")) return { message: "A variable's name is expected before =." };
  if (cut === -1) return { name, value: known(name), end: at + line.length };
  let start = at + exported + cut + 1;
  while (start < text.length && BLANK.test(text.charAt(start))) start += 1;
  return valueAt({ text, at: start }, name, known);
}

function valueAt({ text, at }: Cursor, name: string, known: Lookup): Statement | Fault {
  const quote = text[at];
  if (quote === '"' || quote === "'") return readQuoted({ text, at }, name, known);
  const end = lineEnd(text, at);
  const [plain = ""] = text.slice(at, end).split(" #", 1);
  return expanded({ name, value: plain.replace(/[\s\u0085]+$/u, ""), end }, known);
}

/** The quote of the other kind, line breaks and `#` are ordinary inside. */
function readQuoted({ text, at }: Cursor, name: string, known: Lookup): Statement | Fault {
  const quote = text.charAt(at);
  const parts: string[] = [];
  let from = at + 1;
  for (let next = from; next < text.length; next += 1) {
    if (text[next] === "\\" && next + 1 < text.length) {
      // An escaped quote loses its backslash here, other escapes keep it for the next step.
      if (text[next + 1] === quote) {
        parts.push(text.slice(from, next));
        from = next + 1;
      }
      next += 1;
    } else if (text[next] === quote) {
      const value = parts.join("") + text.slice(from, next);
      const read = { name, value: quote === '"' ? unescaped(value) : value, end: next + 1 };
      return quote === '"' ? expanded(read, known) : read;
    }
  }
  return { message: "A quoted value does not end." };
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  $: "$$",
};

function unescaped(value: string): string {
  return value.replaceAll(/\\([abfnrtv$"\\]|0[0-7]{3})/g, (_, code: string) =>
    code.startsWith("0") ? String.fromCodePoint(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
}

function expanded(read: Statement & { readonly value: string }, known: Lookup): Statement | Fault {
  const filled = interpolate(read.value, known);
  if (filled.ok) return { ...read, value: filled.text };
  return { message: `The value of ${read.name} cannot be read: ${filled.detail}.` };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
