/**
 * Lines up two lists so that one insertion is one difference: by an identifying field where the elements have one, otherwise
 * by equal content, otherwise by position. Says which elements are missing, extra or doubled and whether the order changed.
 */
import type { Trait } from "../difference.ts";
import { hashOf, isObject, type Json, type JsonList, type JsonObject } from "../json/value.ts";
import { identityOf } from "./identity.ts";
import { orderTraits } from "./order.ts";
import { itemPlace, type Place } from "./place.ts";
import { type Findings, report } from "./walk.ts";

interface Lists {
  readonly walk: Findings;
  readonly place: Place;
  readonly reference: JsonList;
  readonly shadow: JsonList;
}

/** Positions in the reference and the shadow that hold the same element, and those without a partner. */
interface Alignment {
  readonly pairs: readonly (readonly [number, number])[];
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

export function alignLists(lists: Lists): void {
  const { reference, shadow } = lists;
  if (reference.open || shadow.open) return compareInPlace(lists);
  // All or nothing is not the coming and going of elements.
  if (shadow.items.length === 0) return report(lists.walk, { place: lists.place, kind: "value", reference, shadow });
  const identity =
    reference.items.every(isObject) && shadow.items.every(isObject) ? identityOf(reference.items, shadow.items) : null;
  if (identity === null) return compareByContent(lists);
  const keyOf = (item: Json): number => (isObject(item) ? identity.of(item) : 0);
  const alignment = align(reference.items.map(keyOf), shadow.items.map(keyOf));
  reportUnpaired(lists, alignment, keyOf);
  reportOrder(lists, alignment);
  compareDeeper(lists, alignment.pairs);
}

/** Cut lists: only what stands at the same position on both sides can be compared. */
function compareInPlace(lists: Lists): void {
  const shorter = Math.min(lists.reference.items.length, lists.shadow.items.length);
  compareDeeper(
    lists,
    Array.from({ length: shorter }, (_, index) => [index, index] as const),
  );
}

/** Elements without identity: equal ones are partners, the rest are partners in order, and what remains is a length. */
function compareByContent(lists: Lists): void {
  const { reference, shadow, walk, place } = lists;
  const equal = align(reference.items.map(hashOf), shadow.items.map(hashOf));
  reportOrder(lists, equal);
  if (equal.missing.length === 0 || equal.extra.length === 0) return reportUnpaired(lists, equal, hashOf);
  const changed = Math.min(equal.missing.length, equal.extra.length);
  compareDeeper(
    lists,
    equal.missing.slice(0, changed).map((at, index) => [at, equal.extra[index] ?? 0] as const),
  );
  if (reference.items.length !== shadow.items.length)
    report(walk, { place, kind: "length", reference: size(reference), shadow: size(shadow), traits: ["item"] });
}

function size(list: JsonList): Json {
  return { type: "number", text: String(list.items.length) };
}

/** Partners by key, the n-th of one side with the n-th of the other. */
function align(reference: readonly number[], shadow: readonly number[]): Alignment {
  const waiting = new Map<number, number[]>();
  for (const [at, key] of shadow.entries()) {
    const queue = waiting.get(key);
    if (queue === undefined) waiting.set(key, [at]);
    else queue.push(at);
  }
  const taken = new Map<number, number>();
  const pairs: [number, number][] = [];
  const missing: number[] = [];
  for (const [at, key] of reference.entries()) {
    const nth = taken.get(key) ?? 0;
    const partner = waiting.get(key)?.[nth];
    taken.set(key, nth + 1);
    if (partner === undefined) missing.push(at);
    else pairs.push([at, partner]);
  }
  const used = new Set(pairs.map(([, at]) => at));
  const extra = shadow.flatMap((_, at) => (used.has(at) ? [] : [at]));
  return { pairs, missing, extra };
}

function reportUnpaired(lists: Lists, alignment: Alignment, keyOf: (item: Json) => number): void {
  const { walk, place, reference, shadow } = lists;
  const known = new Set(reference.items.map(keyOf));
  for (const at of alignment.missing)
    report(walk, { place: itemPlace(place, at), kind: "missing", reference: reference.items[at], traits: ["item"] });
  for (const at of alignment.extra) {
    const item = shadow.items[at] ?? null;
    const traits: readonly Trait[] = known.has(keyOf(item)) ? ["item", "doubled"] : ["item"];
    report(walk, { place: itemPlace(place, at), kind: "extra", shadow: item, traits });
  }
}

function reportOrder(lists: Lists, alignment: Alignment): void {
  const { walk, place, reference, shadow } = lists;
  const moved = alignment.pairs.some(([, at], index) => index > 0 && at < (alignment.pairs[index - 1]?.[1] ?? 0));
  if (!moved) return;
  const left = alignment.pairs.map(([at]) => reference.items[at] ?? null);
  const right = alignment.pairs.map(([, at]) => at).toSorted((a, b) => a - b);
  const traits = orderTraits(
    left,
    right.map((at) => shadow.items[at] ?? null),
  );
  report(walk, { place, kind: "order", reference, shadow, traits });
}

function compareDeeper(lists: Lists, pairs: readonly (readonly [number, number])[]): void {
  const optional = optionalKeys(lists.reference.items);
  for (const [left, right] of pairs.toReversed()) {
    const reference = lists.reference.items[left];
    const shadow = lists.shadow.items[right];
    if (reference !== undefined && shadow !== undefined)
      lists.walk.tasks.push({ place: itemPlace(lists.place, left), reference, shadow, optional });
  }
}

/** Keys that some elements of the reference have and others have not. */
function optionalKeys(items: readonly Json[]): ReadonlySet<string> {
  const objects: readonly JsonObject[] = items.filter(isObject);
  const counts = new Map<string, number>();
  for (const object of objects) for (const key of object.members.keys()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count < objects.length).map(([key]) => key));
}
