/** The lines of the severity policy under stable ids. A labelled pair names the line it covers; the id's first word is its verdict. */
import type { Severity } from "../../core/verdict/severity.ts";

/** By id, what the policy says. Ids never change their meaning: reports of different days are compared by them. */
export const POLICY_LINES = {
  "safe-equal": "nothing differs that anybody would notice",
  "safe-clock": "clocks",
  "safe-request-id": "request and trace ids",
  "safe-etag": "etags and dates of copies",
  "safe-age": "cache age",
  "safe-server-version": "server version headers",
  "safe-opaque-token": "opaque tokens",
  "safe-cursor": "cursors",
  "safe-signed-url": "signatures of signed URLs",
  "safe-own-host": "own host or port in links",
  "safe-key-order": "key order, also of attributes and form pairs",
  "safe-white-space": "white space",
  "safe-number-notation": "number notation (1.0 and 1)",
  "safe-escapes": "escapes",
  "safe-set-order": "set order",
  "safe-cookie-value": "rotating cookie values",
  "safe-control-noise": "anything the control shows as noise of the same type",
  "safe-created-id": "ids of things created anew by a request that creates",
  "safe-header-case": "another spelling of the same header value",
  "safe-environment": "base and shadow agree, only the environment differs from production",
  "safe-slow-alone": "a slow pair that is not sustained",
  "safe-truncated": "both cut at the limit and equal up to there",
  "safe-mixed": "several kinds of noise at once",
  "warn-value": "a business value changed",
  "warn-message": "message text",
  "warn-added-field": "an added field",
  "warn-rank-order": "rank order",
  "warn-optional-missing": "an optional field missing in some items",
  "warn-cache-header": "cache headers",
  "warn-security-header": "security headers",
  "warn-status-2xx": "a 2xx to another 2xx",
  "warn-status-4xx": "a 4xx to another 4xx",
  "warn-latency": "sustained latency 3x to 10x",
  "warn-status-better": "a status that gets better",
  "crit-field-removed": "a field removed",
  "crit-type-changed": "type changed",
  "crit-null": "value turned null",
  "crit-empty": "value turned empty",
  "crit-volatile-null": "a volatile field that turns null",
  "crit-volatile-type": "a volatile field that changes type",
  "crit-items-dropped": "items dropped",
  "crit-items-doubled": "items doubled",
  "crit-status": "2xx to 4xx or 5xx",
  "crit-error-200": "an error body with 200",
  "crit-content-type": "wrong content type",
  "crit-broken": "a body that breaks off and no longer parses as its type",
  "crit-identity": "identity wrong",
  "crit-amount": "amount wrong",
  "crit-currency": "currency wrong",
  "crit-mojibake": "mojibake",
  "crit-bigint": "integers beyond 2^53 that differ in a digit",
  "crit-duplicate-key": "duplicate keys that hide a value",
  "crit-cookie-flags": "lost cookie flags",
  "crit-cors": "lost CORS",
  "crit-redirect": "changed redirect target",
  "crit-latency": "sustained latency 10x",
  "crit-empty-body": "empty body where there was one",
  "crit-no-answer": "no answer at all",
  "crit-leak": "leaked internals",
  "crit-mixed": "noise, instructions and a regression at once",
} as const;

export type PolicyLine = keyof typeof POLICY_LINES;

const SEVERITY_OF = { safe: "Safe", warn: "Warning", crit: "Critical" } as const;

/** The verdict a policy line asks for; null for a text that names none. */
export function verdictOf(line: string): Severity | null {
  const word = line.slice(0, line.indexOf("-"));
  return word === "safe" || word === "warn" || word === "crit" ? SEVERITY_OF[word] : null;
}

export function isPolicyLine(line: string): line is PolicyLine {
  return Object.hasOwn(POLICY_LINES, line);
}
