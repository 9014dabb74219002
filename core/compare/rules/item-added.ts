/** A list or map has an element more than the reference's. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const itemAdded: DifferenceRule = {
  id: "item-added",
  title: "Element added",
  why: "A filter or a limit may have changed.",
  example: "`$.items` has 11 elements instead of 10",
  ...AMBIGUOUS,
  fires: ({ kind, traits = [] }) => traits.includes("item") && (kind === "extra" || kind === "length"),
  explain: ({ kind, path, reference, shadow }) =>
    kind === "length"
      ? `${path} has ${shown(shadow)} elements instead of ${shown(reference)}.`
      : `${path} is new: ${shown(shadow)}.`,
};
