/** The shadow never answered a request that the reference answered. */
import { answered } from "../../pair/pair.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

export const noAnswer: PairRule = {
  id: "no-answer",
  title: "No answer",
  ...PROVEN_CRITICAL,
  about: "answer",
  fires: ({ reference, shadow }) => answered(reference) && !answered(shadow),
  explain: ({ shadow }) => `The shadow gave no answer (${answered(shadow) ? "" : shadow.failed}).`,
};
