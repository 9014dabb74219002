/** A field of the reference is not in the shadow's answer. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const fieldRemoved: DifferenceRule = {
  id: "field-removed",
  title: "Field removed",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind, part, path, traits = [] }) =>
    part === "body" && kind === "missing" && path.startsWith("$") && !traits.includes("item"),
  explain: ({ path, reference }) => `${path} is missing; the reference has ${shown(reference)}.`,
};
