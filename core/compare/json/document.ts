/**
 * A JSON text and where its tokens stand: three numbers for each, no values. Most of two answers is equal, and what is
 * equal never becomes a value. `read.ts` makes it; a node is the number of a token.
 */
import type { KeyTable } from "./keys.ts";

export interface JsonDocument {
  readonly text: string;
  /** `STRIDE` numbers for each token, in the order of the text; behind the last token there may be room. */
  readonly tokens: Int32Array;
  /** How many tokens there are. */
  readonly size: number;
  readonly keys: KeyTable;
  /** The hashes of `hash.ts`, as far as they were asked for. Mutable for speed. */
  readonly hashes: KnownHashes;
}

/** By the number of a container's token, 0 for what nobody asked for; null until somebody asks at all. */
export interface KnownHashes {
  of: Float64Array | null;
}

/** Start, end, and a link: of a value the node behind everything that is in it, of a name the complement of its number. */
export const STRIDE = 3;

export type NodeType = "null" | "boolean" | "string" | "number" | "list" | "object";

export const ROOT_NODE = 0;

export function startOf(document: JsonDocument, node: number): number {
  return document.tokens[node * STRIDE] ?? 0;
}

/** Behind the last character. Beyond the end of the text for a container that the text does not close. */
export function endOf(document: JsonDocument, node: number): number {
  return document.tokens[node * STRIDE + 1] ?? 0;
}

/** Characters of its text. */
export function lengthOf({ tokens }: JsonDocument, node: number): number {
  return (tokens[node * STRIDE + 1] ?? 0) - (tokens[node * STRIDE] ?? 0);
}

/** Of a value the node behind everything that is in it, of a name its number. */
export function linkOf(document: JsonDocument, node: number): number {
  const link = document.tokens[node * STRIDE + 2] ?? 0;
  return link < 0 ? ~link : link;
}

/** The text ended before the container did. */
export function isOpen(document: JsonDocument, node: number): boolean {
  return endOf(document, node) > document.text.length;
}

export function isObject(document: JsonDocument, node: number): boolean {
  return document.text.charCodeAt(startOf(document, node)) === 123;
}

export function isList(document: JsonDocument, node: number): boolean {
  return document.text.charCodeAt(startOf(document, node)) === 91;
}

export function isString(document: JsonDocument, node: number): boolean {
  return document.text.charCodeAt(startOf(document, node)) === 34;
}

export function isContainer(document: JsonDocument, node: number): boolean {
  // "[" is 91 and "{" is 123; "]" and "}" open nothing.
  return (document.text.charCodeAt(startOf(document, node)) & 0xdf) === 91;
}

export function isEmpty(document: JsonDocument, node: number): boolean {
  return linkOf(document, node) === node + 1;
}

export function typeOfNode(document: JsonDocument, node: number): NodeType {
  switch (document.text[startOf(document, node)]) {
    case "{":
      return "object";
    case "[":
      return "list";
    case '"':
      return "string";
    case "t":
    case "f":
      return "boolean";
    case "n":
      return "null";
    default:
      return "number";
  }
}

/** The token as it is written. */
export function textOf(document: JsonDocument, node: number): string {
  return document.text.slice(startOf(document, node), endOf(document, node));
}

/** The characters that a string stands for. */
export function stringOf(document: JsonDocument, node: number): string {
  const inner = document.text.slice(startOf(document, node) + 1, endOf(document, node) - 1);
  return inner.includes("\\") ? unescaped(inner) : inner;
}

/** The reader let valid escapes pass only. */
export function unescaped(inner: string): string {
  return String(JSON.parse(`"${inner}"`));
}

/** The nodes of a list's elements. */
export function itemsOf(document: JsonDocument, list: number): readonly number[] {
  const items: number[] = [];
  const end = linkOf(document, list);
  for (let node = list + 1; node < end; node = linkOf(document, node)) items.push(node);
  return items;
}
