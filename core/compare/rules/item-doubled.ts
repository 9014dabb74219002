/** An element of a list stands more often than in the reference. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const itemDoubled: DifferenceRule = {
  id: "item-doubled",
  title: "Element doubled",
  why: "What stands twice is shown, counted or paid twice.",
  example: "`$.items[3]` repeats `$.items[2]`",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind }) => kind === "duplicated",
  explain: ({ path, shadow }) => `${path} repeats an element of the list: ${shown(shadow)}.`,
};
