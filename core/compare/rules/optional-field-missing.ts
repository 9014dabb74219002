/** A field is missing that the reference itself has only in part: in some elements of the list, or in one of two answers. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";

export const optionalFieldMissing: DifferenceRule = {
  id: "optional-field-missing",
  title: "Optional field missing",
  why: "The reference does not always have it either, so it may be chance.",
  example: "`$.items[2].note` is missing; other elements have none",
  ...AMBIGUOUS,
  fires: ({ kind, part, pattern, traits = [] }, scene) =>
    part === "body" &&
    kind === "missing" &&
    !traits.includes("item") &&
    (traits.includes("optional") || scene.varies(pattern, ["missing", "extra"])),
  explain: ({ path }) => `${path} is missing; the reference does not always have it either.`,
};
