/** A header of the reference is not in the shadow's answer. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

export const headerRemoved: DifferenceRule = {
  id: "header-removed",
  title: "Header removed",
  why: "Clients that read it find nothing.",
  example: "`x-total-count` is missing",
  ...AMBIGUOUS,
  fires: ({ part, kind }) => part === "header" && kind === "missing",
  explain: ({ path, reference }) => `${headerName(path)} is missing; the reference has ${shown(reference)}.`,
};
