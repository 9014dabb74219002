/**
 * The token that stands for a secret value: keyed, so that equal values stay equal and different ones stay different,
 * while the value cannot be read back. The hash comes in as a function: the key is the shell's business.
 */

/** Type of the value that was replaced. `binary` stands for a whole body that is not text. */
export type RedactedType = "string" | "number" | "boolean" | "binary";

/** The keyed hash, and the short public name of its key: tokens of different keys cannot be compared. */
export interface Redactor {
  readonly keyId: string;
  /** A keyed hash of a text, in hex or another alphabet without colons. Deterministic for one key. */
  hash(text: string): string;
}

/** Upper bounds in characters. Classes, not lengths: an exact length narrows a guess. */
const LENGTH_CLASSES = [8, 16, 32, 64, 128, 256, 1024] as const;

const TOKEN = /^redacted:(?:string|number|boolean|binary):[0-9]+[-+][0-9]*:[\w-]+:[\w-]+$/;

/** `redacted:<type>:<length class>:<key id>:<hash>`. The hash covers type and value, so "1" and 1 differ. */
export function tokenFor(type: RedactedType, value: string, redactor: Redactor): string {
  const canonical = type === "number" ? canonicalNumber(value) : value;
  return `redacted:${type}:${lengthClass(value.length)}:${redactor.keyId}:${redactor.hash(`${type}:${canonical}`)}`;
}

/** Where nothing but the shape is kept: the type alone, in the form of a token, equal for all values. */
export function shapeToken(type: RedactedType): string {
  return `redacted:${type}:0-:shape:none`;
}

/** Every token in a text. */
export const TOKENS = /redacted:(?:string|number|boolean|binary):[0-9]+[-+][0-9]*:[\w-]{1,64}:[\w-]{1,64}/g;

/** Whether a text is one such token and nothing else. */
export function isToken(text: string): boolean {
  return text.startsWith("redacted:") && TOKEN.test(text);
}

/** `1-8`, `9-16` and so on; `1025+` for the longest. */
export function lengthClass(length: number): string {
  let lowest = 0;
  for (const highest of LENGTH_CLASSES) {
    if (length <= highest) return `${lowest}-${highest}`;
    lowest = highest + 1;
  }
  return `${lowest}+`;
}

/** One spelling per number without going through a float: 1, 1.0 and 10e-1 agree, integers beyond 2^53 stay apart. */
function canonicalNumber(text: string): string {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,9}))?$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return "0";
  const significant = trimZeros(digits);
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
