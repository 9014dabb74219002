/** Another value of the same type, and nothing more specific to say. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const valueChanged: DifferenceRule = {
  id: "value-changed",
  title: "Value changed",
  ...AMBIGUOUS,
  fires: ({ part }) => part === "body",
  explain: ({ path, reference, shadow }) => `${path} was ${shown(reference)} and is ${shown(shadow)}.`,
};
