/** Something of a page differs: a text, an attribute, an element, and nothing more specific to say. */
import { isPagePath } from "../names.ts";
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const pageChanged: DifferenceRule = {
  id: "page-changed",
  title: "Page changed",
  why: "Users read another text, or a link leads elsewhere.",
  example: '`html > body > h1` was "Hello" and is "Bye"',
  ...AMBIGUOUS,
  fires: ({ path, part }) => part === "body" && isPagePath(path),
  explain: ({ path, kind, reference, shadow }) => {
    if (kind === "missing") return `${path} is gone: ${shown(reference)}.`;
    if (kind === "extra") return `${path} is new: ${shown(shadow)}.`;
    return `${path} was ${shown(reference)} and is ${shown(shadow)}.`;
  },
};
