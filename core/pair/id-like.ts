/**
 * Tells the names of single things (17, a UUID, a date) from the names of kinds of things (orders).
 * Used for path segments and for keys of maps; a pure function of the text alone, so that both always agree.
 */
const FORMS: readonly RegExp[] = [
  /^\d+$/,
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  // ULID: 26 characters of Crockford's alphabet, the first at most 7. https://github.com/ulid/spec
  /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i,
  // Hex of eight or more with a digit, so that words such as "deadbeef" or "facade" stay words.
  /^(?=[a-f]*\d)[0-9a-f]{8,}$/i,
  /^\d{4}-\d{2}(?:-\d{2})?$/,
  // A token of redaction stands for an address of mail, a key or a card: single things all of them.
  /^redacted:[a-z]+:/,
  /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?$/i,
];

export function isIdLike(text: string): boolean {
  return FORMS.some((form) => form.test(text));
}
