/**
 * Makes characters visible that would otherwise hide or reorder text. What shadows send is untrusted: React keeps it
 * from becoming markup, this keeps it from looking like something else.
 */
import { readableTokens } from "./redacted.ts";

/** C0 and C1 controls except tab and newline, soft hyphen, zero-width and direction marks, byte-order mark. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The text with hidden characters written as `⟨U+202E⟩` and tokens of redacted values shortened. */
export function plain(text: string): string {
  return readableTokens(text).replaceAll(
    HIDDEN,
    (found) => `⟨U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

/** The address when a browser may follow it: http and https only. */
export function safeHref(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) && URL.canParse(address) ? address : null;
}
