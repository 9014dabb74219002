/**
 * Lines up two lists so that one insertion is one difference: what is equal at both ends is left out, the rest goes by an
 * identifying field where the elements have one, otherwise by equal content, otherwise by position. Says which elements are
 * missing, extra, duplicated or moved and whether the order changed.
 */
import { isEmpty, isList, isOpen, isString, itemsOf } from "../json/document.ts";
import { hashOfNode } from "../json/hash.ts";
import { type Alignment, align, type Middle } from "./align.ts";
import { compareCutLists } from "./cut-list.ts";
import { type Columns, compareDeeper, identityIn, type Lists, reportOrder, reportUnpaired } from "./lined-up.ts";
import { isSameText } from "./same-text.ts";
import { isSimilar } from "./similar.ts";
import { report, reportText } from "./walk.ts";

export function alignLists({ walk, place, reference, shadow }: Omit<Lists, "left" | "right">): void {
  // All or nothing is not the coming and going of elements.
  const isEmptied = isEmpty(walk.shadow, shadow) && !isEmpty(walk.reference, reference);
  if (isEmptied && !isOpen(walk.shadow, shadow)) return report(walk, { place, kind: "value", reference, shadow });
  const [left, right] = [itemsOf(walk.reference, reference), itemsOf(walk.shadow, shadow)];
  const lists: Lists = { walk, place, reference, shadow, left, right };
  if (isOpen(walk.reference, reference) || isOpen(walk.shadow, shadow)) return compareCutLists(lists);
  compareWhole(lists, middleOf(lists));
}

function compareWhole(lists: Lists, middle: Middle): void {
  if (middle.head === middle.left && middle.head === middle.right) return;
  if (isLoneList(lists, middle)) return compareDeeper(lists, [[middle.head, middle.head]]);
  const identity = identityIn(lists, lists.left, lists.right);
  if (identity === null) return compareByContent(lists, middle);
  const alignment = align(identity.reference, identity.shadow, middle);
  const { rest, changed } = identity.isSure ? { rest: alignment, changed: [] } : changedInPlace(lists, alignment);
  reportUnpaired(lists, rest, identity);
  reportOrder(lists, alignment, middle);
  compareDeeper(lists, [...alignment.pairs, ...changed]);
}

/** One list in the place of one list: nothing to line up, and lists in lists may be very deep. */
function isLoneList({ walk, left, right }: Lists, { head, left: end, right: otherEnd }: Middle): boolean {
  if (end !== head + 1 || otherEnd !== head + 1) return false;
  return isList(walk.reference, left[head] ?? 0) && isList(walk.shadow, right[head] ?? 0);
}

/** What is left when the elements that are equal as text at both ends are taken away. */
function middleOf({ walk, left, right }: Lists): Middle {
  const shorter = Math.min(left.length, right.length);
  const same = (a: number, b: number): boolean => isSameText(walk.same, left[a] ?? 0, right[b] ?? 0);
  let head = 0;
  while (head < shorter && same(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && same(left.length - 1 - tail, right.length - 1 - tail)) tail++;
  return { head, left: left.length - tail, right: right.length - tail };
}

/** An element whose name changed at its place, the rest of it being the same, is that element and no other one. */
function changedInPlace(
  lists: Lists,
  { pairs, missing, extra }: Alignment,
): { readonly rest: Alignment; readonly changed: Alignment["pairs"] } {
  const changed = missing.flatMap((at, index): Alignment["pairs"] => {
    const partner = extra[index];
    if (partner === undefined || missing.length !== extra.length) return [];
    const similar = isSimilar(lists.walk, lists.left[at] ?? 0, lists.right[partner] ?? 0);
    return partner === at && similar ? [[at, partner]] : [];
  });
  const taken = new Set(changed.map(([at]) => at));
  const others = { missing: missing.filter((at) => !taken.has(at)), extra: extra.filter((at) => !taken.has(at)) };
  return { rest: { pairs, ...others }, changed };
}

/** Elements without identity: equal ones are partners, the rest are partners in order, and what remains is a length. */
function compareByContent(lists: Lists, middle: Middle): void {
  const { walk, place, left, right } = lists;
  const columns = contentColumns(lists);
  const equal = align(columns.reference, columns.shadow, middle);
  reportOrder(lists, equal, middle);
  const unpaired = equal.missing.length === 0 || equal.extra.length === 0;
  if (unpaired || repeatsText(lists, columns, equal)) return reportUnpaired(lists, equal, columns);
  const changed = Math.min(equal.missing.length, equal.extra.length);
  const partners = equal.missing.slice(0, changed).map((at, index) => [at, equal.extra[index] ?? 0] as const);
  compareDeeper(lists, partners);
  if (left.length === right.length) return;
  reportText(walk, { place, kind: "length", traits: ["item"] }, [`${left.length}`, `${right.length}`]);
}

function contentColumns({ walk, left, right }: Lists): Columns {
  return {
    reference: left.map((node) => hashOfNode(walk.reference, node)),
    shadow: right.map((node) => hashOfNode(walk.shadow, node)),
  };
}

/** Of texts that are all different one stands twice: it was duplicated, which no change of another one explains. */
function repeatsText({ walk, left }: Lists, columns: Columns, { extra }: Alignment): boolean {
  if (!left.every((node) => isString(walk.reference, node))) return false;
  const known = new Set(columns.reference);
  return known.size === left.length && extra.some((at) => known.has(columns.shadow[at] ?? 0));
}
