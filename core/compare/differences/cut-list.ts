/** Lists of which at least one was cut: what is missing before an element that both have is missing, whatever comes after the cut. */
import { isOpen } from "../json/document.ts";
import { type Alignment, align, isReordered } from "./align.ts";
import { compareDeeper, identityIn, type Lists, reportOrder, reportUnpaired, wholeItems } from "./lined-up.ts";
import { reportText } from "./walk.ts";

export function compareCutLists(lists: Lists): void {
  reportKnownLength(lists);
  const [left, right] = [wholeItems(lists.walk.reference, lists.left), wholeItems(lists.walk.shadow, lists.right)];
  const identity = left.length > 1 && right.length > 1 ? identityIn(lists, left, right) : null;
  if (identity === null) return compareDeeper(lists, inPlace(lists));
  const whole = { head: 0, left: left.length, right: right.length };
  const { pairs, missing, extra } = align(identity.reference, identity.shadow, whole);
  const [end, otherEnd] = pairs.at(-1) ?? [0, 0];
  const before = { pairs, missing: missing.filter((at) => at < end), extra: extra.filter((at) => at < otherEnd) };
  // In another order, what seems to be missing may stand behind the cut.
  if (!isReordered(pairs)) reportUnpaired(lists, before, identity);
  reportOrder({ ...lists, left: left.slice(0, end + 1), right }, { pairs, missing, extra });
  compareDeeper(lists, pairs);
}

/** A whole list that is shorter than what is known of the other one lacks elements, wherever the other one ends. */
function reportKnownLength({ walk, place, reference, shadow, left, right }: Lists): void {
  const lacks =
    (!isOpen(walk.shadow, shadow) && right.length < left.length) ||
    (!isOpen(walk.reference, reference) && left.length < right.length);
  if (lacks) reportText(walk, { place, kind: "length", traits: ["item"] }, [`${left.length}`, `${right.length}`]);
}

/** What stands at the same position on both sides. */
function inPlace({ left, right }: Lists): Alignment["pairs"] {
  return Array.from({ length: Math.min(left.length, right.length) }, (_, index) => [index, index] as const);
}
