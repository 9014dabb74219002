/** A body that is compared as a whole differs: binary content, or the length of one that was cut. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const bodyChanged: DifferenceRule = {
  id: "body-changed",
  title: "Body changed",
  ...AMBIGUOUS,
  fires: ({ path }) => path === "body",
  explain: ({ kind, reference, shadow }) =>
    kind === "length"
      ? `The body has ${shown(shadow)} bytes instead of ${shown(reference)}.`
      : `The body was ${shown(reference)} and is ${shown(shadow)}.`,
};
