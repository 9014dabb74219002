/** Another value of the same type, and nothing more specific to say. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const valueChanged: DifferenceRule = {
  id: "value-changed",
  title: "Value changed",
  why: "Another value of the same kind: meant or not, only people or a model can say.",
  example: '`$.status` was "open" and is "closed"',
  ...AMBIGUOUS,
  fires: ({ part }) => part === "body",
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};
