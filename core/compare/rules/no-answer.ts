/** The shadow never answered a request that the reference answered. */
import { answered, type FailureReason } from "../../pair/pair.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

export const noAnswer: PairRule = {
  id: "no-answer",
  title: "No answer",
  why: "Nothing is worse for a client than no answer.",
  example: "the connection was refused",
  ...PROVEN_CRITICAL,
  about: "answer",
  fires: ({ reference, shadow }) => answered(reference) && !answered(shadow),
  explain: ({ shadow }) => (answered(shadow) ? "" : sentenceOf(shadow.failed)),
};

function sentenceOf(reason: FailureReason): string {
  return reason === "unreached"
    ? "The shadow was not reached: what answered in its place was not the deployment's gateway."
    : `The shadow gave no answer (${reason}).`;
}
