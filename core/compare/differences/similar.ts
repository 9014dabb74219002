/** Whether two objects are one element before and after a change: at least half of their other members are equal. */
import { linkOf } from "../json/document.ts";
import { valueNode } from "./identity.ts";
import { isSameText } from "./same-text.ts";
import type { Walk } from "./walk.ts";

/** Of the members beside the one that changed. */
const MIN_EQUAL = 0.5;

export function isSimilar(walk: Walk, left: number, right: number): boolean {
  let members = 0;
  let equal = 0;
  for (let node = left + 1; node < linkOf(walk.reference, left); node = linkOf(walk.reference, node + 1)) {
    members++;
    const other = valueNode(walk.shadow, right, linkOf(walk.reference, node));
    if (other !== null && isSameText(walk.same, node + 1, other)) equal++;
  }
  return equal >= (members - 1) * MIN_EQUAL;
}
