/**
 * Lines up two lists so that one insertion is one difference: by an identifying field where the elements have one, otherwise
 * by equal content, otherwise by position. Says which elements are missing, extra or doubled and whether the order changed.
 */
import type { Trait } from "../difference.ts";
import { hashOf, isList, isObject, type Json, type JsonList, type JsonObject } from "../json/value.ts";
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
  // All or nothing is not the coming and going of elements.
  if (shadow.items.length === 0 && !shadow.open)
    return report(lists.walk, { place: lists.place, kind: "value", reference, shadow });
  if (reference.open || shadow.open) return compareCut(lists);
  const keyOf = keyOfItems(reference.items, shadow.items);
  if (keyOf === null) return compareByContent(lists);
  const alignment = align(reference.items.map(keyOf), shadow.items.map(keyOf));
  reportUnpaired(lists, alignment, keyOf);
  reportOrder(lists, alignment);
  compareDeeper(lists, alignment.pairs);
}

/** What tells the elements apart; null where nothing does. */
function keyOfItems(reference: readonly Json[], shadow: readonly Json[]): ((item: Json) => number) | null {
  const identity = reference.every(isObject) && shadow.every(isObject) ? identityOf(reference, shadow) : null;
  return identity && ((item) => (isObject(item) ? identity.of(item) : 0));
}

/** Cut lists: what is missing before an element that both have is missing, whatever comes after the cut. */
function compareCut(lists: Lists): void {
  reportKnownLength(lists);
  const [reference, shadow] = [wholeItems(lists.reference), wholeItems(lists.shadow)];
  const keyOf = reference.length > 1 && shadow.length > 1 ? keyOfItems(reference, shadow) : null;
  if (keyOf === null) return compareInPlace(lists);
  const { pairs, missing, extra } = align(reference.map(keyOf), shadow.map(keyOf));
  const [left, right] = pairs.at(-1) ?? [0, 0];
  const before = { pairs, missing: missing.filter((at) => at < left), extra: extra.filter((at) => at < right) };
  // In another order, what seems to be missing may stand behind the cut.
  if (!isMoved(pairs)) reportUnpaired(lists, before, keyOf);
  reportOrder(lists, before);
  compareDeeper(lists, pairs);
}

/** A whole list that is shorter than what is known of the other one lacks elements, wherever the other one ends. */
function reportKnownLength({ walk, place, reference, shadow }: Lists): void {
  const [left, right] = [reference.items.length, shadow.items.length];
  if ((!shadow.open && right < left) || (!reference.open && left < right))
    report(walk, { place, kind: "length", reference: size(reference), shadow: size(shadow), traits: ["item"] });
}

function wholeItems(list: JsonList): readonly Json[] {
  return list.items.filter((item) => !((isObject(item) || isList(item)) && item.open));
}

/** What stands at the same position on both sides. */
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
  const unpaired = equal.missing.length === 0 || equal.extra.length === 0;
  if (unpaired || repeatsName(lists, equal)) return reportUnpaired(lists, equal, hashOf);
  const changed = Math.min(equal.missing.length, equal.extra.length);
  compareDeeper(
    lists,
    equal.missing.slice(0, changed).map((at, index) => [at, equal.extra[index] ?? 0] as const),
  );
  if (reference.items.length !== shadow.items.length)
    report(walk, { place, kind: "length", reference: size(reference), shadow: size(shadow), traits: ["item"] });
}

/** Of texts that are all different one stands twice: it was doubled, which no change of another one explains. */
function repeatsName({ reference, shadow }: Lists, { extra }: Alignment): boolean {
  const names = new Set(reference.items);
  if (names.size !== reference.items.length || !reference.items.every((item) => typeof item === "string")) return false;
  return extra.some((at) => names.has(shadow.items[at] ?? null));
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
  if (!isMoved(alignment.pairs)) return;
  const left = alignment.pairs.map(([at]) => reference.items[at] ?? null);
  const right = alignment.pairs.map(([, at]) => at).toSorted((a, b) => a - b);
  const traits = orderTraits(
    left,
    right.map((at) => shadow.items[at] ?? null),
  );
  report(walk, { place, kind: "order", reference, shadow, traits });
}

function isMoved(pairs: Alignment["pairs"]): boolean {
  return pairs.some(([, at], index) => index > 0 && at < (pairs[index - 1]?.[1] ?? 0));
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
