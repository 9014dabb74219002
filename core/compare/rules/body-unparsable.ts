/** The reference's body is well-formed (JSON, XML, a page) and the shadow's is not of that format. */
import { type DifferenceRule, PROVEN_CRITICAL } from "./rule.ts";

export const bodyUnparsable: DifferenceRule = {
  id: "body-unparsable",
  title: "Body no longer parses",
  why: "Clients fail before they see any value.",
  example: "JSON with a missing bracket, or a page where JSON was",
  ...PROVEN_CRITICAL,
  proven: true,
  fires: ({ kind }) => kind === "unparsable",
  explain: () => "The reference's body can be read as what it is, the shadow's cannot.",
};
