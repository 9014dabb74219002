/** A status of success around an error: `{"error": …}`, `{"success": false}`, a code of failure, a SOAP fault, an error page with 200. */
import { type Answer, answered } from "../../pair/pair.ts";
import { headerText, mediaTypeOf } from "../answer.ts";
import { keepsEnvelope } from "./changed-body.ts";
import { type Envelope, envelopeOf } from "./envelope.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

const MENTIONS =
  /"(?:errors?|exceptions?|faults?|success|ok|succeeded|status|result|state|code|[\w.-]{0,12}err(?:or)?[_-]?\w{0,12}|__type|title)"/i;
const ERROR_PAGE =
  /<(?:title|h1)(?:\s[^>]{0,200})?>[^<]{0,100}(?:\berror\b|exception|unavailable|not found|forbidden|access denied|bad gateway|went wrong|\b(?:40[0-9]|50[0-9])\b)/i;
const FAULT = /<(?:[\w-]{1,40}:)?Fault[\s>]/;
const ERROR_LINE =
  /^\s*(?:internal server error|bad gateway|service unavailable|gateway time-?out|not found|forbidden|unauthorized|error\b.{0,200})\.?\s*$/i;

export const errorEnvelope: PairRule = {
  id: "error-envelope",
  title: "Error with a status of success",
  why: "Clients trust the status and take the error for data.",
  example: '200 with `{"errors": [...], "data": null}`',
  ...PROVEN_CRITICAL,
  about: "body",
  fires: (scene) => {
    const { reference, shadow } = scene;
    if (!answered(reference) || !answered(shadow) || shadow.status >= 300 || reference.status >= 300) return false;
    if (reference.body === shadow.body || shadow.bodyEncoding !== undefined) return false;
    if (plainSign(shadow) === null && plainSign(reference) === null && keepsEnvelope(scene)) return false;
    const shown = signOf(shadow);
    return shown !== null && !isKnown(shown, reference);
  },
  explain: ({ shadow }) =>
    `The shadow answered ${answered(shadow) ? shadow.status : ""} with an error in its body; the reference's body has none.`,
  // What the error's fields are, and what it left out, is the same news.
  claims: ({ path, pattern, kind }) =>
    (kind === "extra" &&
      /^\$\.(?:errors?|exception|fault|status|message|code|detail|title|type|path|timestamp|trace)\b/.test(pattern)) ||
    (kind === "missing" && /^\$(?:\.[A-Za-z_][\w-]*|\["[^"]*"\])$/.test(pattern)) ||
    path === "body",
};

type Sign = "page" | "fault" | "line" | Envelope;

function signOf(answer: Answer): Sign | null {
  return plainSign(answer) ?? (MENTIONS.test(answer.body) ? envelopeOf(answer.body) : null);
}

/** What shows without reading the body as JSON. */
function plainSign(answer: Answer): Sign | null {
  const { body } = answer;
  const { type } = mediaTypeOf(headerText(answer, "content-type"));
  if (type === "application/problem+json") return { error: true, code: null };
  const isMarked = body.includes("<");
  if (isMarked && ERROR_PAGE.test(body)) return "page";
  if (isMarked && FAULT.test(body)) return "fault";
  return body.length <= 300 && ERROR_LINE.test(body) ? "line" : null;
}

/** The reference says the same of itself: then it is no error, or not the shadow's. */
function isKnown(shown: Sign, reference: Answer): boolean {
  const known = signOf(reference);
  if (typeof shown === "string") return known === shown;
  const before = known !== null && typeof known === "object" ? known : null;
  if (shown.error) return before?.error ?? false;
  const code = before?.code ?? null;
  // A code alone is a failure only where the reference's own code is one of success, or where it has none and this is HTTP's.
  if (shown.code === "http-failure") return code !== null && code !== "success";
  return !(shown.code === "failure" && code === "success");
}
