/** The shadow's body is empty where the reference had one. Not for answers that have no body by definition, nor for redirects. */
import { type Answer, answered } from "../../pair/pair.ts";
import { mayHaveBody, sizeOf } from "../answer.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

export const bodyEmptied: PairRule = {
  id: "body-emptied",
  title: "Body turned empty",
  why: "Clients that read the body find nothing.",
  example: "200 with 4 KB, and 200 with none",
  ...PROVEN_CRITICAL,
  about: "body",
  fires: ({ pair, reference, shadow }) => {
    if (!answered(reference) || !answered(shadow) || !mayHaveBody(pair.request.method, reference.status)) return false;
    // An error without a body is an error; a redirect's body is for people without a browser.
    if (shadow.status === 204 && !/^get$/i.test(pair.request.method)) return false;
    const served = reference.status < 300 ? shadow.status < 300 : shadow.status >= 400 && reference.status >= 400;
    return served && !isEmpty(reference) && isEmpty(shadow);
  },
  claims: ({ path, kind }) => path === "body" && kind === "missing",
  explain: ({ reference }) =>
    `The shadow's body is empty; the reference's has ${answered(reference) ? sizeOf(reference) : 0} bytes.`,
};

function isEmpty(answer: Answer): boolean {
  return answer.body.trim() === "" && (answer.bodyBytes ?? 0) <= answer.body.length;
}
