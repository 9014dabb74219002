/** The reference's body is valid JSON and the shadow's is not. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const bodyUnparsable: DifferenceRule = {
  id: "body-unparsable",
  title: "Body no longer parses",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind }) => kind === "unparsable",
  explain: () => "The reference's body is valid JSON, the shadow's is not.",
};
