/** The same media type with another character set. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const charsetChanged: DifferenceRule = {
  id: "charset-changed",
  title: "Character set changed",
  why: "Old clients may read letters wrongly.",
  example: "`text/html; charset=utf-8` became `text/html`",
  ...AMBIGUOUS,
  fires: ({ path, kind }) => path === "header:content-type" && kind === "value",
  explain: ({ reference, shadow }) =>
    `The content type was ${shown(reference)} and is ${shown(shadow)}: another character set.`,
};
