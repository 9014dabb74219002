/**
 * Classes of values that are made anew for each answer. A value belongs to a class by its own form; two values are noise of a
 * class only when both belong to it, in one notation.
 */
import { isDegenerate, isRandom, isRandomLetters } from "./randomness.ts";

export interface VolatileClass {
  readonly id: string;
  /** What it is, in a reason: "both are UUIDs". */
  readonly plural: string;
  readonly test: (text: string) => boolean;
  /** What of a value may not differ between two of the class: the version of a UUID, the length of a hash. */
  readonly notation?: (text: string) => string;
}

const MIN_TOKEN_CHARS = 16;
const MIN_SHORT_TOKEN_CHARS = 8;

/** No class has shorter values, and none is without a digit but for a few hashes and tags. */
const MIN_VOLATILE_CHARS = 7;

const letterCase = (text: string): string => (/[A-Z]/.test(text) ? "upper" : "lower");
const lengthAndCase = (text: string): string => `${text.length} ${letterCase(text)}`;

export const VOLATILE_CLASSES: readonly VolatileClass[] = [
  {
    // RFC 9562: every version, in braces or as a URN; the nil and max ones stand for nothing.
    id: "uuid",
    plural: "UUIDs",
    test: random(/^(?:urn:uuid:|\{)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i),
    notation: (text) => `${/^(?:urn:uuid:|\{)?/i.exec(text)?.[0].toLowerCase()} ${letterCase(text)}`,
  },
  // https://github.com/ulid/spec
  {
    id: "ulid",
    plural: "ULIDs",
    test: random(/^(?=.*\d)(?:[0-7][0-9A-HJKMNP-TV-Z]{25}|[0-7][0-9a-hjkmnp-tv-z]{25})$/),
    notation: letterCase,
  },
  // https://www.mongodb.com/docs/manual/reference/bson-types/#objectid
  { id: "object-id", plural: "object ids", test: random(/^(?=.*\d)[0-9a-f]{24}$/i), notation: letterCase },
  {
    id: "hex",
    plural: "hex strings",
    test: random(/^(?:(?:md5|sha1|sha224|sha256|sha384|sha512)[:-])?(?=.*\d)(?=.*[a-f])(?:0x)?[0-9a-f]{16,}$/i),
    notation: lengthAndCase,
  },
  {
    // https://www.w3.org/TR/SRI/
    id: "integrity",
    plural: "hashes",
    test: random(/^(?:sha(?:256|384|512)-[A-Za-z0-9+/]{43,86}={0,2} ?)+$/),
    notation: (text) => text.replaceAll(/-[A-Za-z0-9+/=]+/g, ""),
  },
  {
    // https://www.rfc-editor.org/rfc/rfc4716#section-4
    id: "fingerprint",
    plural: "fingerprints",
    test: random(/^(?=.*\d)(?:[0-9a-f]{2}:){7,}[0-9a-f]{2}$/i),
    notation: lengthAndCase,
  },
  // RFC 7519
  { id: "jwt", plural: "JWTs", test: matches(/^eyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*$/) },
  {
    // https://www.w3.org/TR/trace-context/, https://github.com/openzipkin/b3-propagation, AWS X-Ray
    id: "traceparent",
    plural: "trace contexts",
    test: random(
      /^(?:[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}|[0-9a-f]{16,32}-[0-9a-f]{16}(?:-[01d])?(?:-[0-9a-f]{16})?|(?:Root=)?1-[0-9a-f]{8}-[0-9a-f]{24}(?:;.*)?)$/,
    ),
  },
  {
    // RFC 9110, 8.8.3: strong or weak, quoted.
    id: "etag",
    plural: "entity tags",
    test: matches(/^(?:W\/)?"[\w+/=:.-]{6,}"$/),
    notation: (text) => (text.startsWith("W/") ? "weak" : "strong"),
  },
  // https://github.com/paralleldrive/cuid, https://github.com/segmentio/ksuid: told apart from words by their randomness.
  { id: "cuid", plural: "CUIDs", test: (text) => /^c[0-9a-z]{24}$/.test(text) && isRandom(text, MIN_TOKEN_CHARS) },
  {
    id: "ksuid",
    plural: "KSUIDs",
    test: (text) => /^[0-2][0-9A-Za-z]{26}$/.test(text) && isRandom(text, MIN_TOKEN_CHARS),
  },
  {
    id: "token",
    plural: "random tokens",
    test: (text) => isRandom(text, MIN_TOKEN_CHARS),
    notation: prefixOf,
  },
];

/** Random, but too short to be sure without a name that says so. */
export const SHORT_TOKEN: VolatileClass = {
  id: "short-token",
  plural: "short tokens",
  test: (text) =>
    isRandom(text, MIN_SHORT_TOKEN_CHARS) ||
    isRandomLetters(text) ||
    /^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,15}$/i.test(text) ||
    // `web-7d9c5b`: a role, and what the cluster drew for it.
    /^(?:[a-z]+-)+(?=[0-9a-f]*\d)[0-9a-f]{5,10}(?:-[0-9a-z]{5})?$/.test(text),
};

/** Ids of 15 to 20 digits (snowflakes, counters): numbers, unless the name or a second answer says otherwise. */
export const NUMERIC_ID: VolatileClass = {
  id: "numeric-id",
  plural: "numeric ids",
  test: matches(/^[1-9]\d{14,19}$/),
};

/** The first class of both texts; null when they share none, are written differently or differ much in length. */
export function sharedClass(reference: string, shadow: string, classes = VOLATILE_CLASSES): VolatileClass | null {
  if (reference.length < MIN_VOLATILE_CHARS || !/\d|[/+"]|[a-z][A-Z]/.test(reference)) return null;
  // No class has links in it.
  if (reference.includes("://")) return null;
  const first = classes.find(({ test }) => test(reference));
  // A token that has a digit by chance, and one that has none.
  const found = first?.id === "token" && !first.test(shadow) && classes.includes(SHORT_TOKEN) ? SHORT_TOKEN : first;
  if (found === undefined || !found.test(shadow)) return null;
  if (found.notation !== undefined && found.notation(reference) !== found.notation(shadow)) return null;
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

function random(form: RegExp): (text: string) => boolean {
  return (text) => form.test(text) && !isDegenerate(text);
}

/** `sess_`, `sk_live_`: says what the token is for. Two letters alone stand there by chance as well. */
export function prefixOf(text: string): string {
  return /^(?:[a-z]{3,8}|[a-z]{2}(?=_(?:live|test|prod|dev)))(?:_(?:live|test|prod|dev))?_/.exec(text)?.[0] ?? "";
}
