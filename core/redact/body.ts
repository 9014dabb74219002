/** A body by what it is. Content that is not text is never carried: only its length and a keyed hash, which still tell equal from different. */
import type { BodyEncoding, Headers } from "../pair/pair.ts";
import { redactJson } from "./json.ts";
import { redactPlain } from "./plain.ts";
import type { Redaction } from "./redaction.ts";
import { redactForm } from "./text.ts";

export interface Body {
  readonly body: string;
  readonly bodyEncoding?: BodyEncoding;
}

/** The redacted body, always text. A binary one becomes a single token of type `binary`. */
export function redactBody({ body, bodyEncoding }: Body, headers: Headers, redaction: Redaction): string {
  if (body === "") return "";
  if (bodyEncoding === "base64") return redaction.replace("binary", body);
  const contentType = String(headers["content-type"] ?? "").toLowerCase();
  if (contentType.startsWith("application/x-www-form-urlencoded")) return redactForm(body, redaction);
  return looksLikeJson(body, contentType) ? redactAsJson(body, redaction) : redactPlain(body, redaction);
}

function looksLikeJson(body: string, contentType: string): boolean {
  return contentType.includes("json") || /^[\s\uFEFF]{0,64}[{[]/.test(body);
}

function redactAsJson(body: string, redaction: Redaction): string {
  const { text, broken } = redactJson(body, redaction);
  return broken ? redactPlain(text, redaction) : text;
}
