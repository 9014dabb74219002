/** A header is new or has another value, and nothing more specific to say. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

export const headerChanged: DifferenceRule = {
  id: "header-changed",
  title: "Header changed",
  why: "A header that nothing else is known about may still be read by somebody.",
  example: "`x-plan: pro` became `x-plan: free`",
  ...AMBIGUOUS,
  fires: ({ part }) => part === "header",
  explain: ({ path, reference, shadow }) =>
    reference === undefined
      ? `${headerName(path)} is new: ${shown(shadow)}.`
      : `${headerName(path)} was ${shown(reference)} and is ${shown(shadow)}.`,
};
