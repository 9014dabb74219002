/** What is said of two lists that were lined up: unpaired elements, their order, and which elements to go on with. */
import { isContainer, isOpen, type JsonDocument } from "../json/document.ts";
import { type Alignment, isReordered, loneMover, type Middle } from "./align.ts";
import { type Column, type Identity, identityOf } from "./identity.ts";
import { listKeyAt } from "./list-keys.ts";
import { LONG_LIST, orderTraits } from "./order.ts";
import { itemPlace, type Place, pathOf } from "./place.ts";
import { isSameText } from "./same-text.ts";
import { report, reportText, type Walk } from "./walk.ts";

/** Two lists at one place, as nodes, and the nodes of their elements. */
export interface Lists {
  readonly walk: Walk;
  readonly place: Place;
  readonly reference: number;
  readonly shadow: number;
  readonly left: readonly number[];
  readonly right: readonly number[];
}

export interface Columns {
  readonly reference: Column;
  readonly shadow: Column;
}

/** What tells these elements apart: what the repository says, or what is found. */
export function identityIn(lists: Lists, left: readonly number[], right: readonly number[]): Identity | null {
  const { walk, place } = lists;
  const key = listKeyAt(place, walk.listKeys);
  return identityOf({ document: walk.reference, items: left }, { document: walk.shadow, items: right }, key);
}

export function reportUnpaired(
  { walk, place, left, right }: Lists,
  { missing, extra }: Alignment,
  columns: Columns,
): void {
  for (const at of missing)
    report(walk, { place: itemPlace(place, at), kind: "missing", reference: left[at], traits: ["item"] });
  const known = extra.length === 0 ? new Set() : new Set(columns.reference);
  for (const at of extra) {
    const kind = known.has(columns.shadow[at]) ? "duplicated" : "extra";
    report(walk, { place: itemPlace(place, at), kind, shadow: right[at], traits: ["item"] });
  }
}

/** One element elsewhere in a long list was moved. In a short one any shuffle looks like that. */
export function reportOrder(lists: Lists, { pairs, missing, extra }: Alignment, middle?: Middle): void {
  if (!isReordered(pairs)) return;
  const { walk, place, reference, shadow } = lists;
  const left = lists.left.filter(notAt(missing));
  const right = lists.right.filter(notAt(extra));
  const traits = orderTraits({ document: walk.reference, items: left }, { document: walk.shadow, items: right });
  const mover = middle !== undefined && left.length >= LONG_LIST ? loneMover(pairs) : null;
  if (mover === null) return report(walk, { place, kind: "order", reference, shadow, traits });
  const [from, to] = [itemPlace(place, mover[0]), itemPlace(place, mover[1])];
  const places = [JSON.stringify(pathOf(from)), JSON.stringify(pathOf(to))] as const;
  // The list's own pattern: a second answer that shuffles the list shows the same restlessness.
  reportText(walk, { place: from, list: place, kind: "moved", traits: ["item", ...traits] }, places);
}

function notAt(positions: readonly number[]): (node: number, at: number) => boolean {
  const taken = new Set(positions);
  return (_, at) => !taken.has(at);
}

/** Goes on with elements that are partners. */
export function compareDeeper({ walk, place, left, right }: Lists, pairs: Alignment["pairs"]): void {
  for (let index = pairs.length - 1; index >= 0; index--) {
    const [at, partner] = pairs[index] ?? [0, 0];
    const [reference, shadow] = [left[at] ?? 0, right[partner] ?? 0];
    if (!isSameText(walk.same, reference, shadow)) walk.tasks.push({ place: itemPlace(place, at), reference, shadow });
  }
}

/** The elements that were read to their end. */
export function wholeItems(document: JsonDocument, items: readonly number[]): readonly number[] {
  return items.filter((item) => !(isContainer(document, item) && isOpen(document, item)));
}
