/**
 * Forms in parts (RFC 7578), also files. Each part is a body of its own: a part under a secret name goes whole, a file that is
 * no text becomes one token, everything else is redacted by its own content type. Boundaries and names stay.
 */
import type { Content } from "./body.ts";
import type { Redaction } from "./redaction.ts";

export interface Parts {
  readonly redaction: Redaction;
  /** How a part's content is redacted; comes in because a part may be anything a body may be. */
  readonly redactContent: (content: Content, redaction: Redaction) => string;
}

const BOUNDARY = /;\s{0,8}boundary\s{0,4}=\s{0,4}(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i;
const FIRST_LINE = /^(?:\r?\n)?--([^\r\n]{1,200})\r?\ncontent-/i;
const NAME = /;\s{0,8}name\s{0,4}=\s{0,4}(?:"((?:[^"\\\r\n]|\\.){0,256})"|([^\s;"]{1,256}))/i;
const HAS_FILE = /;\s{0,8}filename\*?\s{0,4}=/i;
const PART_TYPE = /^content-type[ \t]{0,8}:[ \t]{0,8}([^\r\n]{1,256})/im;
const IN_BASE64 = /^content-transfer-encoding[ \t]{0,8}:[ \t]{0,8}base64/im;

/** What is in no text: control characters, or bytes that could not be decoded. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
const NO_TEXT = /[\u0000-\u0008\u000E-\u001A\uFFFD]/;

export function isMultipart(body: string, contentType: string): boolean {
  return /^multipart\//i.test(contentType) ? boundaryOf(body, contentType) !== undefined : FIRST_LINE.test(body);
}

function boundaryOf(body: string, contentType: string): string | undefined {
  const announced = BOUNDARY.exec(contentType);
  return announced?.[1] ?? announced?.[2] ?? FIRST_LINE.exec(body)?.[1];
}

export function redactMultipart(body: string, contentType: string, parts: Parts): string {
  const boundary = `--${boundaryOf(body, contentType) ?? ""}`;
  const [preamble = "", ...pieces] = body.split(boundary);
  return [parts.redaction.text(preamble), ...pieces.map((piece) => redactPart(piece, parts))].join(boundary);
}

function redactPart(piece: string, parts: Parts): string {
  const separator = /\r?\n\r?\n/.exec(piece);
  // The last boundary's dashes, or a part without an end of its head.
  if (separator === null) return parts.redaction.text(piece);
  const head = piece.slice(0, separator.index);
  const rest = piece.slice(separator.index + separator[0].length);
  const lineEnd = /\r?\n$/.exec(rest)?.[0] ?? "";
  const content = redactPartContent(head, rest.slice(0, rest.length - lineEnd.length), parts);
  return parts.redaction.text(head) + separator[0] + content + lineEnd;
}

function redactPartContent(head: string, content: string, { redaction, redactContent }: Parts): string {
  const name = NAME.exec(head);
  if (redaction.rules.shapeOnly || redaction.isSecretName(name?.[1] ?? name?.[2] ?? ""))
    return redaction.replace("string", content);
  if (NO_TEXT.test(content) || IN_BASE64.test(head)) return redaction.replace("binary", content);
  const contentType = PART_TYPE.exec(head)?.[1] ?? (HAS_FILE.test(head) ? "" : "text/plain");
  return redactContent({ content, contentType, cut: false }, redaction);
}
