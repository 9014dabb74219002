/** The shadow has a field that the reference has not. */
import { type DifferenceRule, WORTH_A_LOOK } from "./rule.ts";
import { shown } from "./shown.ts";

export const fieldAdded: DifferenceRule = {
  id: "field-added",
  title: "Field added",
  ...WORTH_A_LOOK,
  fires: ({ kind, part, path, traits = [] }) =>
    part === "body" && kind === "extra" && path.startsWith("$") && !traits.includes("item"),
  explain: ({ path, shadow }) => `${path} is new: ${shown(shadow)}.`,
};
