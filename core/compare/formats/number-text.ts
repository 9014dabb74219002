/**
 * When texts of a format without types (CSV, XML) are numbers. Only then are 1.0 and 1 one value, and only then is a word in
 * a number's place another type. A code with leading zeros stays a text.
 */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** So many numbers of the reference make a column of numbers, whatever the shadow writes there. */
const ENOUGH_NUMBERS = 3;

/** Whether the texts at one place are to be read as numbers. A shadow's word among them then shows as another type. */
export function numericText(reference: readonly string[], shadow: readonly string[]): boolean {
  const [left, right] = [filled(reference), filled(shadow)];
  if (left.length === 0 || !left.every(isNumberText)) return false;
  return left.length >= ENOUGH_NUMBERS || right.every(isNumberText);
}

/** A text as a JSON scalar. Where numbers are expected an empty one is no value at all. */
export function scalarText(text: string, numeric: boolean): string {
  if (numeric && text === "") return "null";
  return numeric && isNumberText(text) ? text : quoted(text);
}

/** Whatever JSON would escape, halves of UTF-16 pairs among it. */
const ESCAPED = /["\\\p{Cc}\uD800-\uDFFF]/u;

/** As JSON text: plain ones without the call, which costs more than most of them are long. */
export function quoted(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

function filled(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== "");
}
