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

/** Whether two notations are one value; most that differ need no canonical text. */
export function isSameNumber(left: string, right: string): boolean {
  if (left === right) return true;
  if (isWrittenInOneWay(left) && isWrittenInOneWay(right)) return false;
  return canonicalNumber(left) === canonicalNumber(right);
}

/** Digits alone, or digits and a fraction that does not end in 0 and that doubles keep: no other such text has this value. */
function isWrittenInOneWay(text: string): boolean {
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) dots++;
    else if (code < 48 || code > 57) return false;
  }
  return dots === 0 || (text.length <= DOUBLE_DIGITS && text.charCodeAt(text.length - 1) !== 48);
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
