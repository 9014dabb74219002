/**
 * Classes of values that are made anew for each answer. A value belongs to a class by its own form; two values are noise of a
 * class only when both belong to it.
 */

export interface VolatileClass {
  readonly id: string;
  /** What it is, in a reason: "both are UUIDs". */
  readonly plural: string;
  readonly test: (text: string) => boolean;
}

/** Random tokens have at least this many characters and this much entropy per character (Shannon, in bits). */
const MIN_TOKEN_CHARS = 16;
const MIN_SHORT_TOKEN_CHARS = 8;
const MIN_TOKEN_BITS = 3;

/** Changes between small letters, capitals and digits that a random token of that length shows at the very least. */
const MIN_CLASS_CHANGES = 4;

export const VOLATILE_CLASSES: readonly VolatileClass[] = [
  { id: "uuid", plural: "UUIDs", test: matches(/^[{]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[}]?$/i) },
  { id: "ulid", plural: "ULIDs", test: matches(/^(?=.*\d)[0-7][0-9A-HJKMNP-TV-Z]{25}$/) },
  { id: "object-id", plural: "object ids", test: matches(/^(?=.*\d)[0-9a-f]{24}$/i) },
  { id: "hex", plural: "hex strings", test: matches(/^(?=.*\d)(?=.*[a-f])(?:0x)?[0-9a-f]{16,}$/i) },
  { id: "jwt", plural: "JWTs", test: matches(/^eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*$/) },
  { id: "traceparent", plural: "trace contexts", test: matches(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/) },
  { id: "token", plural: "random tokens", test: (text) => isRandom(text, MIN_TOKEN_CHARS) },
];

/** Random, but too short to be sure without a name that says so. */
export const SHORT_TOKEN: VolatileClass = {
  id: "short-token",
  plural: "short tokens",
  test: (text) => isRandom(text, MIN_SHORT_TOKEN_CHARS) || /^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,15}$/i.test(text),
};

/** The first class of both texts; null when they share none or differ much in length. */
export function sharedClass(reference: string, shadow: string, classes = VOLATILE_CLASSES): VolatileClass | null {
  const found = classes.find(({ test }) => test(reference));
  if (found === undefined || !found.test(shadow)) return null;
  const [short, long] = [Math.min(reference.length, shadow.length), Math.max(reference.length, shadow.length)];
  return short >= long * 0.75 ? found : null;
}

/** The class of one text. */
export function classOf(text: string): VolatileClass | null {
  return VOLATILE_CLASSES.find(({ test }) => test(text)) ?? null;
}

function matches(form: RegExp): (text: string) => boolean {
  return (text) => form.test(text);
}

function isRandom(text: string, minChars: number): boolean {
  // A prefix such as `sess_` says what it is; the randomness comes after it.
  const body = text.replace(/^[a-z]{2,8}(?:_(?:live|test))?_/, "");
  if (body.length < minChars || !isTokenText(body) || !/\d/.test(body) || !/[a-z]/i.test(body)) return false;
  return (
    entropy(body) >= Math.min(MIN_TOKEN_BITS, Math.log2(body.length) - 0.75) &&
    classChanges(body) >= changesNeeded(body)
  );
}

/** Base64url or plain base64. A text with slashes and dashes, or with dots, is a path or a host rather than a token. */
function isTokenText(text: string): boolean {
  return /^[\w~-]+={0,2}$/.test(text) || /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function changesNeeded(text: string): number {
  return Math.max(MIN_CLASS_CHANGES - 1, Math.floor(text.length / 6));
}

function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** How often letters, capitals and digits alternate. Words with a number behind them change once or twice. */
function classChanges(text: string): number {
  const classes = text
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .replaceAll(/[a-z]/g, "a")
    .replaceAll(/[A-Z]/g, "A")
    .replaceAll(/\d/g, "0");
  let changes = 0;
  for (let i = 1; i < classes.length; i++) if (classes[i] !== classes[i - 1]) changes++;
  return changes;
}
