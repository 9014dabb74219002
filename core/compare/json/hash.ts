/**
 * Hashes of nodes in which key order, white space and number notation do not matter: for elements that nothing else tells
 * apart. Made without recursion, kept with the document, and never made for what is equal as text.
 */
import { hashText, mixHashes } from "../hash.ts";
import { isContainer, isObject, isString, type JsonDocument, linkOf, stringOf, textOf } from "./document.ts";
import { type Members, membersOf } from "./members.ts";
import { canonicalNumber } from "./number.ts";

const STRING_SEED = 11;
const NUMBER_SEED = 13;
const NAME_SEED = 17;

/** Equal hashes mean equal values: same type, same content, whatever the notation. */
export function hashOfNode(document: JsonDocument, node: number): number {
  const known = document.hashes.get(node);
  if (known !== undefined) return known;
  if (!isContainer(document, node)) return hashOfScalar(document, node);
  // What is inside stands behind: from the last token to the first, every container comes after its content.
  for (const inner of containersIn(document, node)) document.hashes.set(inner, hashOfContainer(document, inner));
  return document.hashes.get(node) ?? 0;
}

function containersIn(document: JsonDocument, node: number): readonly number[] {
  const found: number[] = [];
  const todo = [node];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (document.hashes.has(next)) continue;
    found.push(next);
    for (const child of childrenOf(document, next)) if (isContainer(document, child)) todo.push(child);
  }
  return found.toSorted((a, b) => b - a);
}

/** Elements, or the values of members. */
function childrenOf(document: JsonDocument, node: number): readonly number[] {
  const children: number[] = [];
  const step = isObject(document, node) ? 1 : 0;
  const end = linkOf(document, node);
  for (let child = node + 1 + step; child < end; child = linkOf(document, child) + step) children.push(child);
  return children;
}

function hashOfScalar(document: JsonDocument, node: number): number {
  if (isString(document, node)) return hashText(stringOf(document, node), STRING_SEED);
  const text = textOf(document, node);
  if (text === "null") return 1;
  if (text === "false") return 2;
  return text === "true" ? 3 : hashOfNumber(text);
}

/** Digits that every double keeps. */
const SAFE_CHARS = 15;

function isDigits(text: string): boolean {
  for (let at = text.startsWith("-") ? 1 : 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

function hashOfNumber(text: string): number {
  if (text.length <= SAFE_CHARS && isDigits(text)) return mixHashes(Number(text), NUMBER_SEED);
  const canonical = canonicalNumber(text);
  const isShort = !canonical.includes("e-") && Math.abs(Number(canonical)) < 10 ** SAFE_CHARS;
  return isShort ? mixHashes(Number(canonical), NUMBER_SEED) : hashText(canonical, NUMBER_SEED);
}

function hashOfContainer(document: JsonDocument, node: number): number {
  return isObject(document, node) ? hashOfObject(document, node) : hashOfList(document, node);
}

function hashOfList(document: JsonDocument, node: number): number {
  return childrenOf(document, node).reduce((sum, item) => mixHashes(sum, hashOfNode(document, item)), 5);
}

/** Added up, so that the order of keys does not matter. */
function hashOfObject(document: JsonDocument, node: number): number {
  const members = membersOf(document, node);
  let sum = 7 + hiddenNames(document, members).length;
  for (const [at, name] of members.names.entries()) {
    const value = hashOfNode(document, members.values[at] ?? 0);
    sum = (sum + mixHashes(hashText(document.keys.names[name] ?? "", NAME_SEED), value)) % Number.MAX_SAFE_INTEGER;
  }
  return mixHashes(sum, 19);
}

/** Numbers of names that stood more than once with values that differ. */
export function hiddenNames(document: JsonDocument, { twice }: Members): readonly number[] {
  return twice
    .filter(([, earlier, later]) => hashOfNode(document, earlier) !== hashOfNode(document, later))
    .map(([name]) => name);
}
