/** A status of success around an error: `{"error": …}`, `{"success": false}`, an error page with 200. */
import { type Answer, answered } from "../../pair/pair.ts";
import { parseJson } from "../json/parse.ts";
import type { Json } from "../json/value.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

const ERROR_KEYS = ["error", "errors", "exception", "fault"];
const SUCCESS_KEYS = ["success", "ok", "succeeded"];
const STATUS_KEYS = ["status", "result", "state"];
const ERROR_WORDS = new Set(["error", "fail", "exception"]);
const MENTIONS = /"(?:errors?|exception|fault|success|ok|succeeded|status|result|state)"/i;
const ERROR_PAGE = /<(?:title|h1)[^>]*>[^<]{0,100}(?:error|exception|unavailable|not found)/i;

export const errorEnvelope: PairRule = {
  id: "error-envelope",
  title: "Error with a status of success",
  ...PROVEN_CRITICAL,
  about: "body",
  fires: ({ reference, shadow }) => {
    if (!answered(reference) || !answered(shadow) || shadow.status >= 300 || reference.status >= 300) return false;
    if (reference.body === shadow.body) return false;
    return saysError(shadow) && !saysError(reference);
  },
  explain: ({ shadow }) =>
    `The shadow answered ${answered(shadow) ? shadow.status : ""} with an error in its body; the reference's body has none.`,
};

function saysError(answer: Answer): boolean {
  if (answer.bodyEncoding !== undefined) return false;
  if (ERROR_PAGE.test(answer.body)) return true;
  if (!MENTIONS.test(answer.body)) return false;
  const parsed = parseJson(answer.body, answer.truncated);
  return parsed.ok && isErrorObject(parsed.value);
}

function isErrorObject(json: Json): boolean {
  if (json === null || typeof json !== "object" || json.type !== "object") return false;
  const has = (keys: readonly string[], test: (value: Json) => boolean): boolean =>
    [...json.members].some(([key, value]) => keys.includes(key.toLowerCase()) && test(value));
  return (
    has(ERROR_KEYS, isFilled) ||
    has(SUCCESS_KEYS, (value) => value === false) ||
    has(STATUS_KEYS, (value) => typeof value === "string" && ERROR_WORDS.has(value.toLowerCase()))
  );
}

function isFilled(value: Json): boolean {
  if (value === null || value === false || value === "") return false;
  if (value === true || typeof value === "string") return true;
  if (value.type === "list") return value.items.length > 0;
  // A number counts errors, which is not to be one.
  return value.type === "object" && value.members.size > 0;
}
