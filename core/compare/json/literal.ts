/** Where a number, `true`, `false` or `null` of a JSON text ends. Apart from the reader only for the length of its file. */

/** Returned for a token that the text ends in, and for one that is no JSON. */
export const UNENDED = -1;
export const BROKEN = -2;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Of a number, `true`, `false` or `null`. */
export function endOfLiteral(text: string, start: number, cut: boolean): number {
  const code = text.charCodeAt(start);
  if (code !== 45 && !(code >= 48 && code <= 57)) return endOfWord(text, start, cut);
  if (code === 45) return endOfNumber(text, start, cut);
  let at = code === 48 ? start + 1 : behindDigits(text, start + 1);
  if (at + 1 < text.length && text.charCodeAt(at) === 46 && isDigit(text.charCodeAt(at + 1)))
    at = behindDigits(text, at + 2);
  // A comma, a bracket or white space right behind the digits: no other kind of number.
  const after = at < text.length ? text.charCodeAt(at) : 0;
  if (after === 44 || after === 125 || after === 93 || after === 10 || after === 13) return at;
  return endOfNumber(text, start, cut);
}

function behindDigits(text: string, start: number): number {
  let at = start;
  while (at < text.length && isDigit(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const CUT_NUMBER = /-?[\d.eE+-]*$/y;

function endOfNumber(text: string, start: number, cut: boolean): number {
  // A number that touches the cut may have lost digits or its exponent.
  CUT_NUMBER.lastIndex = start;
  if (cut && CUT_NUMBER.test(text)) return UNENDED;
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? NUMBER.lastIndex : BROKEN;
}

function endOfWord(text: string, start: number, cut: boolean): number {
  const code = text.charCodeAt(start);
  const word = code === 116 ? "true" : code === 102 ? "false" : "null";
  if (text.startsWith(word, start)) return start + word.length;
  if (Number.isNaN(code)) return UNENDED;
  return cut && word.startsWith(text.slice(start, start + word.length)) ? UNENDED : BROKEN;
}
