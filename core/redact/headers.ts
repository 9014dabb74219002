/** Headers: cookies by their own grammar, secret names as a whole, all others like running text. Names are lower case. */
import type { Headers, HeaderValue } from "../pair/pair.ts";
import { redactCookie, redactSetCookie } from "./cookies.ts";
import type { Redaction } from "./redaction.ts";

type RedactValue = (value: string, redaction: Redaction) => string;

const BY_NAME: ReadonlyMap<string, RedactValue> = new Map([
  ["cookie", redactCookie],
  ["set-cookie", redactSetCookie],
]);

/** Headers that say how an answer is built and never what is in it: the only ones whose value stays where only the shape is kept. */
const STRUCTURAL =
  /^(?:content-(?:type|length|encoding|language)|transfer-encoding|cache-control|vary|connection|allow|accept(?:-ranges|-encoding)?|access-control-allow-(?:methods|headers|credentials)|access-control-max-age|strict-transport-security|x-content-type-options|x-frame-options|referrer-policy)$/;

export function redactHeaders(headers: Headers, redaction: Redaction): Headers {
  const redacted: Record<string, HeaderValue> = {};
  for (const [name, value] of Object.entries(headers)) redacted[name] = redactHeader(name, value, redaction);
  return redacted;
}

function redactHeader(name: string, value: HeaderValue, redaction: Redaction): HeaderValue {
  const redact = BY_NAME.get(name) ?? (goesWhole(name, redaction) ? redactWhole : redactRunning);
  return typeof value === "string" ? redact(value, redaction) : value.map((one) => redact(one, redaction));
}

function goesWhole(name: string, { rules }: Redaction): boolean {
  return rules.names.read(name).secret || (rules.shapeOnly && !STRUCTURAL.test(name));
}

function redactRunning(value: string, redaction: Redaction): string {
  return redaction.text(value);
}

function redactWhole(value: string, redaction: Redaction): string {
  return redaction.replace("string", value);
}
