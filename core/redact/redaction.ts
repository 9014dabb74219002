/** What the redacting functions share during one pair. The interface alone: what is behind it knows all of them. */
import type { RedactionRules } from "./rules.ts";
import type { RedactedType } from "./token.ts";

/** How a text is read: how many carriers it was found in, and whether a plus sign means a space in it. */
export interface Carrier {
  readonly depth?: number;
  readonly plus?: boolean;
}

export interface Redaction {
  readonly rules: RedactionRules;
  isSecretName(name: string): boolean;
  /** The token for a value; the value itself when it is empty or already a token, so redacting twice changes nothing. */
  replace(type: RedactedType, value: string): string;
  /** Running text without secrets. */
  text(text: string, carrier?: Carrier): string;
}
