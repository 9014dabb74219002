/**
 * Cookies: the value goes, whatever the name, because nearly every cookie is a session of some kind. Names, flags and
 * order stay: a lost HttpOnly or a renamed cookie is a finding.
 */
import type { Redaction } from "./redaction.ts";

/** A `Cookie` header: `a=1; b=2` (RFC 6265, 4.2.1). */
export function redactCookie(header: string, redaction: Redaction): string {
  return header
    .split(";")
    .map((part) => redactPair(part, redaction))
    .join(";");
}

/** A `Set-Cookie` header: the first part is the cookie, the others are its flags (RFC 6265, 4.1.1). */
export function redactSetCookie(header: string, redaction: Redaction): string {
  const end = header.indexOf(";");
  if (end === -1) return redactPair(header, redaction);
  return redactPair(header.slice(0, end), redaction) + redaction.text(header.slice(end));
}

function redactPair(part: string, redaction: Redaction): string {
  const equals = part.indexOf("=");
  if (equals === -1) return part.trim() === "" ? part : redaction.replace("string", part.trim());
  const value = part.slice(equals + 1).trim();
  return `${redaction.text(part.slice(0, equals))}=${redaction.replace("string", value)}`;
}
