/** The shadow's body is empty where the reference had one. Not for answers that have no body by definition, nor for redirects. */
import { type Answer, answered } from "../../pair/pair.ts";
import { mayHaveBody, sizeOf } from "../answer.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

export const bodyEmptied: PairRule = {
  id: "body-emptied",
  title: "Body turned empty",
  ...PROVEN_CRITICAL,
  about: "body",
  fires: ({ pair, reference, shadow }) => {
    if (!answered(reference) || !answered(shadow) || !mayHaveBody(pair.request.method, shadow.status)) return false;
    const redirect = shadow.status >= 300 && shadow.status < 400;
    return !redirect && !isEmpty(reference) && isEmpty(shadow);
  },
  explain: ({ reference }) =>
    `The shadow's body is empty; the reference's has ${answered(reference) ? sizeOf(reference) : 0} bytes.`,
};

function isEmpty(answer: Answer): boolean {
  return answer.body.trim() === "" && (answer.bodyBytes ?? 0) <= answer.body.length;
}
