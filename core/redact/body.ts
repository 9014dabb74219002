/** A body by what it is. Content that is not text is never carried: only its length and a keyed hash, which still tell equal from different. */
import type { BodyEncoding, Headers } from "../pair/pair.ts";
import { withoutCutEnd } from "./cut.ts";
import { redactJson } from "./json.ts";
import { isMultipart, redactMultipart } from "./multipart.ts";
import type { Redaction } from "./redaction.ts";
import { shapeOfForm } from "./shape.ts";

export interface Body {
  readonly body: string;
  readonly bodyEncoding?: BodyEncoding;
  /** It was cut at the capture limit: what it ends with is replaced whole, because nobody can see what it would have been. */
  readonly truncated?: boolean;
}

/** The redacted body, always text. A binary one becomes a single token of type `binary`. */
export function redactBody(
  { body, bodyEncoding, truncated = false }: Body,
  headers: Headers,
  redaction: Redaction,
): string {
  if (body === "") return "";
  if (bodyEncoding === "base64") return redaction.replace("binary", body);
  const contentType = String(headers["content-type"] ?? "");
  return redactContent({ content: body, contentType, cut: truncated }, redaction);
}

/** Text with the type it was sent with; also a part of a body. */
export interface Content {
  readonly content: string;
  readonly contentType: string;
  readonly cut: boolean;
}

export function redactContent({ content, contentType, cut }: Content, redaction: Redaction): string {
  const type = contentType.toLowerCase();
  const json = looksLikeJson(content, type) ? redactJson(content, redaction, { cut }) : undefined;
  if (json?.broken === false) return json.text;
  const text = json?.text ?? content;
  const { kept, rest } = cut ? withoutCutEnd(text) : { kept: text, rest: "" };
  return redactOther(kept, contentType, redaction) + redaction.replace("string", rest);
}

function redactOther(text: string, contentType: string, redaction: Redaction): string {
  if (isMultipart(text, contentType)) return redactMultipart(text, contentType, { redaction, redactContent });
  if (contentType.toLowerCase().startsWith("application/x-www-form-urlencoded")) return redactForm(text, redaction);
  return redaction.rules.shapeOnly ? redaction.replace("string", text) : redaction.text(text);
}

/** `application/x-www-form-urlencoded`; a plus sign means a space. */
function redactForm(body: string, redaction: Redaction): string {
  return redaction.rules.shapeOnly ? shapeOfForm(body, redaction) : redaction.text(body, { plus: true });
}

function looksLikeJson(body: string, contentType: string): boolean {
  return contentType.includes("json") || /^[\s\uFEFF]{0,64}[{[]/.test(body);
}
