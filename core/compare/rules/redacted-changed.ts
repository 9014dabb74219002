/** A redacted value differs. What it was nobody may see, so nobody can say that it only rotates. */
import { bothStrings } from "../excerpt-value.ts";
import { redactedValue } from "../redacted.ts";
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";

export const redactedChanged: DifferenceRule = {
  id: "redacted-changed",
  title: "Redacted value changed",
  why: "A secret or personal value differs; what it was nobody may see.",
  example: "`$.phone` is redacted on both sides and not equal",
  ...AMBIGUOUS,
  fires: (difference) => {
    if (difference.part !== "body" || difference.kind !== "value") return false;
    return bothStrings(difference)?.some((text) => redactedValue(text) !== null) ?? false;
  },
  explain: ({ path }) => `${path} holds another value; both are redacted.`,
};
