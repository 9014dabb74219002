/** A null of the reference has a value in the shadow's answer. */
import { excerptType } from "../excerpt-value.ts";
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { shown } from "./shown.ts";

export const nullFilled: DifferenceRule = {
  id: "null-filled",
  title: "Null became a value",
  why: "Clients that expect nothing get something.",
  example: "`$.parent` was null and is 7",
  ...AMBIGUOUS,
  fires: ({ kind, reference }) => kind === "type" && excerptType(reference) === "null",
  explain: ({ path, shadow }) => `${path} was null and is ${shown(shadow)}.`,
};
