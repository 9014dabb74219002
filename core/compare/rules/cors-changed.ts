/** A CORS header is new, wider, or changed in a way that takes nothing away. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

export const corsChanged: DifferenceRule = {
  id: "cors-changed",
  title: "CORS changed",
  why: "More origins, methods or headers are allowed than before.",
  example: "`access-control-allow-origin: *` where one origin stood",
  ...AMBIGUOUS,
  fires: ({ path }) => path.startsWith("header:access-control-"),
  explain: ({ path, reference, shadow }) => `${headerName(path)} was ${shown(reference)} and is ${shown(shadow)}.`,
};
