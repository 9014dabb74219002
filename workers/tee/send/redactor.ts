/** The keyed hash of redaction: one key per repository, derived from the operator's secret, so tokens cannot be joined across repositories. */
import { createHmac } from "node:crypto";
import type { Redactor } from "../../../core/redact/token.ts";

/** Hex digits of a token's hash: 64 bits, far from accidental equality within one deployment. */
const HASH_DIGITS = 16;
const KEY_ID_DIGITS = 8;

export function redactorFor(repoId: number, secret: string): Redactor {
  if (secret === "")
    throw new Error("SHADOW_INFRA_REDACTION_KEY is empty: nothing can be redacted, so nothing is sent");
  const key = hmac(secret, `redaction:${repoId}`);
  return {
    keyId: hmac(key, "key id").slice(0, KEY_ID_DIGITS),
    hash: (text) => hmac(key, text).slice(0, HASH_DIGITS),
  };
}

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}
