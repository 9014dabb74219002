/** An element of a list or an entry of a map is gone, or the list is shorter. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const itemDropped: DifferenceRule = {
  id: "item-dropped",
  title: "Element dropped",
  why: "Something that exists is no longer listed.",
  example: "`$.items[7]` is gone",
  ...PROVEN_CRITICAL,
  fires: ({ kind, traits = [], reference, shadow }) =>
    traits.includes("item") && (kind === "missing" || (kind === "length" && Number(shadow) < Number(reference))),
  explain: ({ kind, path, reference, shadow }) =>
    kind === "length"
      ? `${path} has ${shown(shadow)} elements instead of ${shown(reference)}.`
      : `${path} is gone: ${shown(reference)}.`,
};
