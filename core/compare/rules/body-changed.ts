/** A body that is compared as a whole differs: binary content, or the length of one that was cut. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const bodyChanged: DifferenceRule = {
  id: "body-changed",
  title: "Body changed",
  why: "A picture or a file was made anew; whether it still shows the same nobody can say here.",
  example: "a PNG of the same size with other bytes from byte 57",
  ...AMBIGUOUS,
  fires: ({ path }) => path === "body",
  explain: ({ kind, reference, shadow }) =>
    kind === "length"
      ? `The body has ${shown(shadow)} bytes instead of ${shown(reference)}.`
      : `The body was ${shown(reference)} and is ${shown(shadow)}.`,
};
