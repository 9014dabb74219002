/**
 * Hashes of nodes in which key order, white space and number notation do not matter: for elements that nothing else tells
 * apart. Made without recursion, kept with the document, and never made for what is equal as text.
 */
import { hashText, mixHashes } from "../hash.ts";
import { isContainer, isObject, isString, type JsonDocument, linkOf, STRIDE, stringOf, textOf } from "./document.ts";
import { type Members, membersOf } from "./members.ts";
import { canonicalNumber } from "./number.ts";

const STRING_SEED = 11;
const NUMBER_SEED = 13;
const NAME_SEED = 17;

/** Equal hashes mean equal values: same type, same content, whatever the notation. */
export function hashOfNode(document: JsonDocument, node: number): number {
  if (!isContainer(document, node)) return hashOfScalar(document, node);
  document.hashes.of ??= new Float64Array(document.size);
  const hashes = document.hashes.of;
  const known = hashes[node] ?? 0;
  if (known !== 0) return known;
  // What is inside stands behind: from the last token to the first, every container comes after its content.
  for (let inner = linkOf(document, node) - 1; inner >= node; inner--) {
    if (hashes[inner] === 0 && isContainer(document, inner)) hashes[inner] = hashOfContainer(document, inner);
  }
  return hashes[node] ?? 0;
}

function hashOfScalar(document: JsonDocument, node: number): number {
  if (isString(document, node)) return hashText(stringOf(document, node), STRING_SEED);
  const whole = wholeOf(document, node);
  if (whole !== -1) return mixHashes(whole, NUMBER_SEED);
  const text = textOf(document, node);
  if (text === "null") return 1;
  if (text === "false") return 2;
  return text === "true" ? 3 : hashOfNumber(text);
}

/** Digits that every double keeps. */
const SAFE_CHARS = 15;

/** The value of a number that is written in a few digits and nothing else; otherwise -1. */
function wholeOf({ text, tokens }: JsonDocument, node: number): number {
  const start = tokens[node * STRIDE] ?? 0;
  const end = tokens[node * STRIDE + 1] ?? 0;
  if (end - start > SAFE_CHARS) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return -1;
    value = value * 10 + code - 48;
  }
  return value;
}

function hashOfNumber(text: string): number {
  const canonical = canonicalNumber(text);
  const isShort = !canonical.includes("e-") && Math.abs(Number(canonical)) < 10 ** SAFE_CHARS;
  return isShort ? mixHashes(Number(canonical), NUMBER_SEED) : hashText(canonical, NUMBER_SEED);
}

function hashOfContainer(document: JsonDocument, node: number): number {
  return isObject(document, node) ? hashOfObject(document, node) : hashOfList(document, node);
}

function hashOfList(document: JsonDocument, node: number): number {
  const end = linkOf(document, node);
  let sum = 5;
  for (let item = node + 1; item < end; item = linkOf(document, item)) sum = mixHashes(sum, hashOfNode(document, item));
  return sum;
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
