/**
 * Which field tells the elements of two lists apart: the one that the repository names, otherwise found from the data:
 * present in every element, a scalar, unique in the reference, and shared by both sides. Names only break a tie. Where no
 * field does, two together may (`order` and `sku`), if one of them is called an id.
 */
import { mixHashes } from "../hash.ts";
import { isContainer, isObject, type JsonDocument, linkOf, typeOfNode } from "../json/document.ts";
import { hashOfNode } from "../json/hash.ts";
import { isIdName } from "../names.ts";

/** A field that fewer than half of the elements share does not identify them: ids may be made anew for every answer. */
const MIN_SHARED = 0.5;

/** Fields that are tried in pairs. */
const MAX_PAIRED = 8;

/** One value for each element of a side; equal ones are one element. */
export type Column = readonly number[];

export interface Identity {
  /** The field, or two with a plus sign. */
  readonly by: string;
  readonly reference: Column;
  readonly shadow: Column;
  /** The field is named as the identity or called an id: elements that share no value are others, whatever else they share. */
  readonly isSure: boolean;
}

export interface Elements {
  readonly document: JsonDocument;
  /** Nodes. */
  readonly items: readonly number[];
}

interface Candidate extends Identity {
  readonly shared: number;
}

/** What tells the elements of two lists of objects apart; null when nothing does. `key` is what the repository says. */
export function identityOf(reference: Elements, shadow: Elements, key?: string): Identity | null {
  if (!areObjects(reference) || !areObjects(shadow)) return null;
  const fields = scalarFields(reference, shadow);
  if (key !== undefined) {
    const named = candidateOf([reference, shadow], reference.document.keys.numbers.get(key) ?? -1, true);
    if (named !== null) return named;
  }
  const single = bestField([reference, shadow], fields);
  return single ?? bestPair([reference, shadow], fields);
}

function areObjects({ document, items }: Elements): boolean {
  return items.every((item) => isObject(document, item));
}

type Sides = readonly [Elements, Elements];

function bestField(sides: Sides, fields: readonly number[]): Identity | null {
  let best: Candidate | null = null;
  for (const field of fields) {
    const isSure = isIdField(sides, field);
    const candidate = candidateOf(sides, field, isSure);
    if (candidate === null || candidate.shared < MIN_SHARED) continue;
    if (best === null || candidate.shared > best.shared) best = candidate;
    // Fields that are called ids come first: none of the others can be better.
    if (best.shared === 1 && isSure) break;
  }
  return best;
}

/** Fields that are tried: each one costs a walk over all elements, and what identifies stands among the first. */
const MAX_TRIED = 100;

/** Names of the first element's scalars, those that are called ids first. */
function scalarFields(reference: Elements, shadow: Elements): readonly number[] {
  const { document, items } = reference.items.length > 0 ? reference : shadow;
  const [first] = items;
  if (first === undefined) return [];
  const fields: number[] = [];
  for (let node = first + 1; node < linkOf(document, first); node = linkOf(document, node + 1))
    if (!isContainer(document, node + 1)) fields.push(linkOf(document, node));
  const ids = fields.filter((field) => isIdField([reference, shadow], field));
  const others = fields.filter((field) => !isIdField([reference, shadow], field));
  return [...ids, ...others].slice(0, MAX_TRIED);
}

function isIdField([{ document }]: Sides, field: number): boolean {
  const { ids, names } = document.keys;
  const known = ids[field] ?? isShortIdName(names[field] ?? "");
  ids[field] = known;
  return known;
}

/** What is longer names no field, and taking it apart could take long. Characters. */
const MAX_NAME_CHARS = 64;

function isShortIdName(name: string): boolean {
  return name.length <= MAX_NAME_CHARS && isIdName(name);
}

function candidateOf([reference, shadow]: Sides, field: number, isSure: boolean): Candidate | null {
  const left = columnOf(reference, field);
  const right = left === null ? null : columnOf(shadow, field);
  return left === null || right === null
    ? null
    : judged({ by: reference.document.keys.names[field] ?? "", reference: left, shadow: right, isSure });
}

/** Null where it cannot identify; otherwise with the share of the smaller list's elements that the other one has too. */
function judged(identity: Identity): Candidate | null {
  const known = new Set(identity.reference);
  if (known.size !== identity.reference.length) return null;
  if (isSameColumn(identity)) return { ...identity, shared: 1 };
  const others = new Set(identity.shadow);
  if (known.size === 0 || others.size === 0) return { ...identity, shared: 1 };
  let shared = 0;
  for (const value of others) if (known.has(value)) shared++;
  return { ...identity, shared: shared / Math.min(known.size, others.size) };
}

function isSameColumn({ reference, shadow }: Identity): boolean {
  return reference.length === shadow.length && reference.every((value, at) => value === shadow[at]);
}

/** The values of a field; null where an element has none that could identify it. */
function columnOf({ document, items }: Elements, field: number): Column | null {
  const column: number[] = [];
  for (const item of items) {
    const node = valueNode(document, item, field);
    if (node === null || !canIdentify(document, node)) return null;
    column.push(hashOfNode(document, node));
  }
  return column;
}

function canIdentify(document: JsonDocument, node: number): boolean {
  const type = typeOfNode(document, node);
  return type === "string" || type === "number";
}

/** The node of a member's value; null where the object has none. */
export function valueNode(document: JsonDocument, object: number, field: number): number | null {
  const end = linkOf(document, object);
  for (let node = object + 1; node < end; node = linkOf(document, node + 1))
    if (linkOf(document, node) === field) return node + 1;
  return null;
}

function bestPair(sides: Sides, fields: readonly number[]): Identity | null {
  const paired = fields.slice(0, MAX_PAIRED);
  for (const [at, field] of paired.entries()) {
    if (!isIdField(sides, field)) break;
    for (const other of paired.slice(at + 1)) {
      const candidate = pairOf(sides, field, other);
      if (candidate !== null && candidate.shared >= MIN_SHARED) return candidate;
    }
  }
  return null;
}

function pairOf(sides: Sides, field: number, other: number): Candidate | null {
  const { names } = sides[0].document.keys;
  const [left, right] = sides.map((side) => mixedColumn(columnOf(side, field), columnOf(side, other)));
  if (left === undefined || right === undefined || left === null || right === null) return null;
  return judged({ by: `${names[field]}+${names[other]}`, reference: left, shadow: right, isSure: true });
}

function mixedColumn(first: Column | null, second: Column | null): Column | null {
  return first === null || second === null ? null : first.map((value, at) => mixHashes(value, second[at] ?? 0));
}
