/**
 * Numbers by their digits: 1.0, 1 and 10e-1 are one value; 9007199254740993 and 9007199254740992 are two, which a
 * JavaScript number cannot tell apart.
 */
const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Significant digits that a double always keeps. Fractions with more are compared as doubles, as every client reads them. */
const DOUBLE_DIGITS = 15;

/** One text for all notations of a value. */
export function canonicalNumber(text: string): string {
  const match = PARTS.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", power = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return "0";
  const significant = digits.replace(/0+$/, "");
  const exponent = Number(power) - fraction.length + (digits.length - significant.length);
  if (exponent < 0 && significant.length > DOUBLE_DIGITS) return asDouble(text);
  return `${sign}${significant}e${exponent}`;
}

/** Whether two notations are one value; most that differ are whole numbers, which needs no canonical text. */
export function isSameNumber(left: string, right: string): boolean {
  if (left === right) return true;
  if (isWhole(left) && isWhole(right)) return false;
  return canonicalNumber(left) === canonicalNumber(right);
}

/** Digits alone, of which JSON writes each number in one way. */
function isWhole(text: string): boolean {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++;
  return at === text.length;
}

function asDouble(text: string): string {
  const shortest = String(Number(text));
  const match = PARTS.exec(shortest);
  const significant = match === null ? "" : `${match[2]}${match[3] ?? ""}`.replace(/^0+/, "");
  return significant.length > DOUBLE_DIGITS ? shortest : canonicalNumber(shortest);
}

/** A whole number beyond 2^53, where doubles lose digits. */
export function isBeyondDouble(text: string): boolean {
  return /^-?\d{16,}$/.test(text) && !Number.isSafeInteger(Number(text));
}
