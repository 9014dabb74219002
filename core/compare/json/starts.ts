/** The objects and lists of a text by how they begin, in one table of numbers: strings as keys would cost more than reading. */
import { isContainer, type JsonDocument, lengthOf, startOf } from "./document.ts";

/** Characters that tell a node from others. What is shorter is read as fast as it is found. */
export const START_CHARS = 48;

/** What is longer is looked for by its parts: something in it changed, or the texts would be equal. */
const MAX_NODE_CHARS = 16_384;

export interface Starts {
  /** Pairs of a hash and a node plus one; no node is an empty place. */
  readonly table: Int32Array;
  readonly mask: number;
}

export function startsOf(document: JsonDocument): Starts {
  const nodes: number[] = [];
  for (let node = 0; node < document.size; node++) if (isLongEnough(document, node)) nodes.push(node);
  let places = 16;
  while (places < 2 * nodes.length) places *= 2;
  const starts = { table: new Int32Array(2 * places), mask: places - 1 };
  for (const node of nodes) add(starts, hashOfStart(document.text, startOf(document, node)), node);
  return starts;
}

function isLongEnough(document: JsonDocument, node: number): boolean {
  const length = lengthOf(document, node);
  return length >= START_CHARS && length <= MAX_NODE_CHARS && isContainer(document, node);
}

/** The first of those that begin alike. */
function add({ table, mask }: Starts, hash: number, node: number): void {
  let place = hash & mask;
  while (table[2 * place + 1] !== 0) {
    if (table[2 * place] === hash) return;
    place = (place + 1) & mask;
  }
  table[2 * place] = hash;
  table[2 * place + 1] = node + 1;
}

/** A node that may begin as the text does there; -1 for none. */
export function nodeStartingAt({ table, mask }: Starts, text: string, at: number): number {
  if (at + START_CHARS > text.length) return -1;
  const hash = hashOfStart(text, at);
  let place = hash & mask;
  while (table[2 * place + 1] !== 0) {
    if (table[2 * place] === hash) return (table[2 * place + 1] ?? 0) - 1;
    place = (place + 1) & mask;
  }
  return -1;
}

function hashOfStart(text: string, at: number): number {
  let hash = 0x811c9dc5;
  for (let index = at; index < at + START_CHARS; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 15);
}
