/** A field of the reference is not in the shadow's answer. */
import { excerptText } from "../excerpt-value.ts";
import { isFieldPath } from "../names.ts";
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";
import { shown } from "./shown.ts";

export const fieldRemoved: DifferenceRule = {
  id: "field-removed",
  title: "Field removed",
  why: "Clients that read the field fail or show nothing.",
  example: "`$.price` is missing",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind, part, path, traits = [] }) =>
    part === "body" && (kind === "missing" || kind === "moved") && isFieldPath(path) && !traits.includes("item"),
  explain: ({ kind, path, reference, shadow }) =>
    kind === "moved"
      ? `${path} is not there any more: its value stands at ${excerptText(shadow)}.`
      : `${path} is missing; the reference has ${shown(reference)}.`,
};
