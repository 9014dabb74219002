/** Lines of a body that is text but no JSON differ. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const textChanged: DifferenceRule = {
  id: "text-changed",
  title: "Text changed",
  why: "Lines of a text differ that nobody can read for their meaning here.",
  example: 'line 12 was "a" and is "b"',
  ...AMBIGUOUS,
  fires: ({ path }) => path.startsWith("body:line"),
  explain: ({ path, reference, shadow }) =>
    `${path.slice("body:".length)} was ${shown(reference)} and is ${shown(shadow)}.`,
};
