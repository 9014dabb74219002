/**
 * Tokens that stand where a secret stood: `redacted:<type>:<length class>:<key id>:<hash>`. Equal secrets give equal tokens,
 * so equality can still be compared; the type is the type of the value that was replaced.
 */
const TOKEN = /^redacted:(string|number|boolean):([^:]*):([^:]*):([^:]+)$/;

export interface RedactedValue {
  readonly type: "string" | "number" | "boolean";
  readonly keyId: string;
}

/** Null when the text is no token. */
export function redactedValue(text: string): RedactedValue | null {
  const match = TOKEN.exec(text);
  if (match === null) return null;
  const type = match[1] === "number" || match[1] === "boolean" ? match[1] : "string";
  return { type, keyId: match[3] ?? "" };
}
