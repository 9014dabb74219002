/**
 * Values that are secret whatever they are called: cheap to find and certain. Every expression starts at a fixed mark
 * and is bounded, so that a hostile body costs no more than its length.
 */
import { replaceValues } from "./matches.ts";
import type { Redaction } from "./redaction.ts";

/** The group `value` is replaced. */
interface Pattern {
  /** A text without this cannot match; a search for it is much cheaper than the expression. */
  readonly mark: string;
  readonly expression: RegExp;
}

const PATTERNS: readonly Pattern[] = [
  // JSON Web Tokens (RFC 7519): the header starts with `{"`, which is `eyJ` in base64. Also one that the capture limit cut.
  { mark: "eyJ", expression: /(?<value>(?<![\w-])eyJ[\w-]{5,}(?:(?:\.[\w-]*){1,4}|$))/g },
  // Authorization values (RFC 6750, RFC 7617); something that looks like prose is left alone.
  { mark: "earer ", expression: /\b[Bb]earer {1,4}(?<value>(?=[\w.~+/=-]{0,200}\d|[\w.~+/-]{24})[\w.~+/=-]{8,})/g },
  { mark: "asic ", expression: /\b[Bb]asic {1,4}(?<value>(?=[\w+/]{0,200}(?:\d|=))[\w+/]{8,}={0,2})/g },
  // Private keys (RFC 7468); one that the capture limit cut runs to the end.
  {
    mark: "PRIVATE KEY",
    expression: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{1,50}-----|$)/g,
  },
  // Password in the user part of an address (RFC 3986, 3.2.1).
  { mark: "@", expression: /(?<=:\/\/[^\s/:@"'<>]{0,128}:)(?<value>[^\s/@"'<>]{1,256})(?=@)/g },
  // Keys of well-known issuers, recognisable by their prefix.
  { mark: "_", expression: /(?<![\w-])(?:gh[pousr]|github_pat|[sr]k_live|[sr]k_test|glpat|npm)_\w{16,255}/g },
  { mark: "AKIA", expression: /(?<![A-Z0-9])AKIA[A-Z0-9]{16}(?![A-Z0-9])/g },
  { mark: "xox", expression: /(?<![\w-])xox[abeoprs]-[\w-]{10,255}/g },
];

/** 15 or 16 digits, in groups or not, with the first digits of the great card issuers (ISO/IEC 7812). */
const CARD =
  /(?<![\w.-])(?:3[47]\d{2}[ -]?\d{6}[ -]?\d{5}|(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6011|65\d{2})(?:[ -]?\d{4}){3})(?![\w-])/g;

/** Replaces secret-looking values inside a text. */
export function redactPatterns(text: string, redaction: Redaction): string {
  let result = text;
  for (const { mark, expression } of PATTERNS)
    if (result.includes(mark)) result = replaceMatches(result, expression, redaction);
  if (/\d{4}/.test(result))
    result = result.replaceAll(CARD, (match) => (isCardNumber(match) ? redaction.replace("string", match) : match));
  return result;
}

function replaceMatches(text: string, expression: RegExp, redaction: Redaction): string {
  return replaceValues(text, expression, ({ value = "" }) => redaction.replace("string", value));
}

/** A whole text that is a card number: form, issuer and check digit (Luhn, ISO/IEC 7812-1 annex B). */
export function isCardNumber(text: string): boolean {
  CARD.lastIndex = 0;
  if (CARD.exec(text)?.[0] !== text) return false;
  const digits = Array.from(text.replaceAll(/[^0-9]/g, ""), Number);
  const sum = digits
    .toReversed()
    .reduce((total, digit, index) => total + (index % 2 === 0 ? digit : doubled(digit)), 0);
  return sum % 10 === 0;
}

function doubled(digit: number): number {
  return digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
}
