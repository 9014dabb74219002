/**
 * Whether a file can say any of some words: a cheap look before its syntax tree is made. It may say yes too often and never no too often, so what
 * code can spell in other ways than it reads counts as said. Decides nothing about rules.
 */
import type { ChangedFile } from "./change.ts";
import { namesAsRead } from "./python-names.ts";

/** A backslash before anything that is not a usual sign: `"\x74orch"`, `"t\orch"`, a word over two lines. */
const SPELLED_OTHERWISE = /\\[^nrtbfv"'`\\/$.*+?()[\]{}|^-]/;

/** Python puts texts together that stand beside each other: `"tor" "ch"`, also over lines with comments between them. */
const JOINED = /[\w.@/-]["'](?:\s|#[^\n]*\n)*[bruf]{0,2}["'][\w.@/-]/i;

const patterns = new WeakMap<readonly string[], RegExp>();

/** An empty word is in every text. The list is kept as a key: hand in the same one for each file. */
export function mentions(file: ChangedFile, words: readonly string[]): boolean {
  const pattern = patterns.get(words) ?? new RegExp(words.length === 0 ? "(?!)" : words.map(escaped).join("|"));
  patterns.set(words, pattern);
  return mentionsLike(file, pattern);
}

/** By a pattern without the flags g and y. */
export function mentionsLike(file: ChangedFile, pattern: RegExp): boolean {
  return mayHold(file, (text) => pattern.test(text));
}

/** Whether it can hold a name that fits one of these, where `*` stands for any characters. */
export function mentionsFitting(file: ChangedFile, names: readonly string[]): boolean {
  const parts = names.map((name) => name.split("*"));
  return mayHold(file, (text) => parts.some((each) => each.every((part) => text.includes(part))));
}

function mayHold({ path, text }: ChangedFile, holds: (text: string) => boolean): boolean {
  if (text === null) return false;
  // Cells of a notebook are texts in JSON, cut wherever the editor liked.
  if (path.endsWith(".ipynb") || holds(text) || SPELLED_OTHERWISE.test(text)) return true;
  return /\.py[iw]?$/.test(path) && (isJoined(text) || holds(namesAsRead(text)));
}

function isJoined(text: string): boolean {
  return JOINED.test(text.replaceAll(/"""|'''/g, '"'));
}

/** The longest part of a name such as `numpy.load(allow_pickle=True)`: whoever uses it writes that part. */
export function longestPart(name: string, between: RegExp = /[.*]/): string {
  const [plain = ""] = name.split("(");
  return plain.split(between).toSorted((a, b) => b.length - a.length)[0] ?? "";
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
