/** A redirect leads elsewhere, or nowhere. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const redirectTargetChanged: DifferenceRule = {
  id: "redirect-target-changed",
  title: "Redirect leads elsewhere",
  ...PROVEN_CRITICAL,
  fires: ({ path, kind }, { reference }) => path === "header:location" && kind !== "extra" && reference.status >= 300,
  explain: ({ reference, shadow }) => `The redirect led to ${shown(reference)} and leads to ${shown(shadow)}.`,
};
