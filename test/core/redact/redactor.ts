/** A real keyed hash for the tests of redaction; the tee makes its own in the same way. */
import { createHmac } from "node:crypto";
import type { Redaction } from "../../../core/redact/redaction.ts";
import { redactionWith } from "../../../core/redact/redaction-with.ts";
import type { Redactor } from "../../../core/redact/token.ts";

export const redactor: Redactor = {
  keyId: "test",
  hash: (text) => createHmac("sha256", "key of the tests").update(text).digest("hex").slice(0, 16),
};

export function redaction(): Redaction {
  return redactionWith(redactor);
}

/** What a token looks like, as a source for expressions. */
export const TOKEN = String.raw`redacted:(?:string|number|boolean):[0-9]+[-+][0-9]*:test:[0-9a-f]{16}`;
