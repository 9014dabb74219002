/** The shadow has a field that the reference has not. */
import { isFieldPath } from "../names.ts";
import { type DifferenceRule, WORTH_A_LOOK } from "./rule.ts";
import { shown } from "./shown.ts";

export const fieldAdded: DifferenceRule = {
  id: "field-added",
  title: "Field added",
  why: "Strict clients may refuse it, and it may say more than it should.",
  example: "`$.nickname` is new",
  ...WORTH_A_LOOK,
  fires: ({ kind, part, path, traits = [] }) =>
    part === "body" && kind === "extra" && isFieldPath(path) && !traits.includes("item"),
  explain: ({ path, shadow }) => `${path} is new: ${shown(shadow)}.`,
};
