/** A header that protects users in the browser changed or is gone. */
import { AMBIGUOUS, type DifferenceRule } from "./rule.ts";
import { headerName, shown } from "./shown.ts";

const NAMES = new Set([
  "strict-transport-security",
  "content-security-policy",
  "content-security-policy-report-only",
  "x-frame-options",
  "x-content-type-options",
  "x-xss-protection",
  "referrer-policy",
  "permissions-policy",
  "cross-origin-opener-policy",
  "cross-origin-embedder-policy",
  "cross-origin-resource-policy",
]);

export const securityHeaderChanged: DifferenceRule = {
  id: "security-header-changed",
  title: "Security header changed",
  why: "Browsers protect users less, or block what worked.",
  example: "`content-security-policy` lost `frame-ancestors`",
  ...AMBIGUOUS,
  fires: ({ path }) => NAMES.has(headerName(path).replace(/;.*/s, "")),
  explain: ({ path, reference, shadow }) => `${headerName(path)} was ${shown(reference)} and is ${shown(shadow)}.`,
};
