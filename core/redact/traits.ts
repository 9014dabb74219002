/**
 * What one pass over the characters of a text tells about it: which kinds of secrets it can hold at all. Most texts of a
 * page can hold none, and are left after this pass without being cut out or searched.
 */
import { DIGITS, LETTERS } from "./characters.ts";

export interface Traits {
  /** All bits of its characters. */
  bits: number;
  /** Characters of the longest run of letters, digits and `+ / _ . - ~`. */
  longestWord: number;
  /** Characters of the longest run of digits, capitals, spaces, dashes and dots: cards and IBANs, in groups or not. */
  longestNumber: number;
  /** Where reading ended: at the end, or at the quote that was to stop it. */
  end: number;
}

export const AT = 1;
export const PERCENT = 2;
/** `= : >`: what can stand between a name and its value. */
export const SIGN = 4;
export const BACKSLASH = 8;
export const PLUS = 16;
/** `{ [`: a list or an object may begin. */
export const BRACKET = 32;
/** Characters without which a short text is nothing to look at. */
const TELLING = AT | PERCENT | SIGN | BACKSLASH | BRACKET;
const OF_WORD = 64;
const OF_NUMBER = 128;

/** The shortest word that can be a key, or base64 of something worth hiding. */
export const MIN_WORD_CHARS = 12;

/** `-----BEGIN` */
const MIN_TELLING_CHARS = 10;

/** The shortest card number. */
export const MIN_NUMBER_CHARS = 12;

const KINDS = new Uint8Array(128);
mark("@", AT);
mark("%", PERCENT);
mark("=:>", SIGN);
mark("\\", BACKSLASH);
mark("+", PLUS);
mark("{[", BRACKET);
mark(`${DIGITS}${LETTERS}+/_.-~`, OF_WORD);
mark(`${DIGITS} -.ABCDEFGHIJKLMNOPQRSTUVWXYZ`, OF_NUMBER);

function mark(characters: string, bit: number): void {
  for (let at = 0; at < characters.length; at += 1) {
    const code = characters.charCodeAt(at);
    KINDS[code] = (KINDS[code] ?? 0) | bit;
  }
}

const QUOTE = 34;
const BACKSLASH_CODE = 92;

export function newTraits(): Traits {
  return { bits: 0, longestWord: 0, longestNumber: 0, end: 0 };
}

/** All of a text. */
export function traitsOf(text: string): Traits {
  const traits = newTraits();
  traits.end = text.length;
  readRange(text, 0, traits);
  return traits;
}

/** Reads a JSON string from behind its opening quote up to its closing one. */
export function readQuoted(text: string, start: number, traits: Traits): void {
  const { length } = text;
  let bits = 0;
  let at = start;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) break;
    bits |= code < 128 ? (KINDS[code] ?? 0) : 0;
    if (code === BACKSLASH_CODE) at += 1;
  }
  traits.end = at < length ? at : length;
  traits.bits = bits;
  traits.longestWord = 0;
  traits.longestNumber = 0;
  // Few strings are long enough to need the second pass.
  if ((bits & TELLING) === 0 && at - start >= MIN_TELLING_CHARS) readRange(text, start, traits);
}

/** Up to `traits.end`. */
function readRange(text: string, start: number, traits: Traits): void {
  const { end } = traits;
  let bits = 0;
  let word = 0;
  let number = 0;
  let wordStart = start;
  let numberStart = start;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (KINDS[code] ?? 0) : 0;
    bits |= kind;
    if ((kind & OF_WORD) === 0) {
      if (at - wordStart > word) word = at - wordStart;
      wordStart = at + 1;
    }
    if ((kind & OF_NUMBER) === 0) {
      if (at - numberStart > number) number = at - numberStart;
      numberStart = at + 1;
    }
  }
  traits.bits = bits;
  traits.longestWord = Math.max(word, end - wordStart);
  traits.longestNumber = Math.max(number, end - numberStart);
}

/** Whether a text with these traits can hold anything that is secret by its form or by a name in it. */
export function isTelling({ bits, longestWord, longestNumber }: Traits): boolean {
  return (bits & TELLING) !== 0 || longestWord >= MIN_TELLING_CHARS || longestNumber >= MIN_NUMBER_CHARS;
}
