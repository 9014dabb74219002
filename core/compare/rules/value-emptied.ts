/** A text, list or object of the reference is empty in the shadow's answer. */
import { isEmptyExcerpt } from "../excerpt-value.ts";
import { isFieldPath, isPagePath } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const valueEmptied: DifferenceRule = {
  id: "value-emptied",
  title: "Value turned empty",
  why: "What users see or clients need is gone.",
  example: '`$.name` was "Ada" and is ""',
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind, part, path, reference, shadow }) => {
    // A number that turned into an empty text is gone, whatever its type is called now.
    if (part !== "body" || (kind !== "value" && !(kind === "type" && shadow === '""'))) return false;
    return (isFieldPath(path) || isPagePath(path)) && isEmptyExcerpt(shadow) && !isEmptyExcerpt(reference);
  },
  explain: ({ path, reference }) => `${path} was ${shown(reference)} and is empty.`,
};
