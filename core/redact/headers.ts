/** Headers: cookies by their own grammar, secret names as a whole, all others like running text. Names are lower case. */
import type { Headers, HeaderValue } from "../pair/pair.ts";
import { redactCookie, redactSetCookie } from "./cookies.ts";
import type { Redaction } from "./redaction.ts";
import { redactText } from "./text.ts";

type RedactValue = (value: string, redaction: Redaction) => string;

const BY_NAME: ReadonlyMap<string, RedactValue> = new Map([
  ["cookie", redactCookie],
  ["set-cookie", redactSetCookie],
]);

export function redactHeaders(headers: Headers, redaction: Redaction): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, redactHeader(name, value, redaction)]),
  );
}

function redactHeader(name: string, value: HeaderValue, redaction: Redaction): HeaderValue {
  const redact = BY_NAME.get(name) ?? (redaction.isSecretName(name) ? redactWhole : redactText);
  return typeof value === "string" ? redact(value, redaction) : value.map((one) => redact(one, redaction));
}

function redactWhole(value: string, redaction: Redaction): string {
  return redaction.replace("string", value);
}
