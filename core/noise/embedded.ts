/**
 * Volatile parts inside longer texts: a signed URL, a sentence with a time in it, a line of HTML with a nonce. The texts are
 * noise when they are equal apart from such parts and each of those is volatile on both sides.
 */
import { isVolatileName } from "../compare/names.ts";
import { type Clock, clockOf, epochOf, isMomentOfAnswer, type Moments } from "./clock.ts";
import { saySameClaims } from "./decoded.ts";
import { distanceOf, isSameDistance, isSameMeasure } from "./elapsed.ts";
import { isClockName, isOfContent, isOfSide, isOfVisit } from "./stability.ts";
import { SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

const DAYS = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
const COLON = "(?::|%3A)";
const HMS = String.raw`\d{2}${COLON}\d{2}(?:${COLON}\d{2}(?:[.,]\d{1,9})?)?`;

/** Times, distances in time, JWTs, and runs of characters that a token may consist of. */
const PARTS = new RegExp(
  [
    String.raw`\d{4}-W\d{2}-[1-7]T${HMS}(?:Z|[+-]\d{2}:?\d{2})?`,
    String.raw`\d{4}[-/]\d{2}[-/]\d{2}(?:[T ]|%20|\+)${HMS}(?:Z|(?:[+-]|%2B)\d{2}:?\d{2})?(?: UTC)?`,
    String.raw`${DAYS}, \d{1,2}[ -]${MONTHS}[ -]\d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})`,
    String.raw`${DAYS}[a-z]+, \d{2}-${MONTHS}-\d{2} \d{2}:\d{2}:\d{2} GMT`,
    String.raw`${DAYS} ${MONTHS} {1,2}\d{1,2} \d{2}:\d{2}:\d{2}(?: UTC)? \d{4}`,
    String.raw`${DAYS} ${MONTHS} \d{2} \d{4} \d{2}:\d{2}:\d{2} GMT[+-]\d{4}(?: \([^)]{0,40}\))?`,
    String.raw`\d{2}/${MONTHS}/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}`,
    String.raw`\d{1,2}/\d{1,2}/\d{4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?`,
    String.raw`${MONTHS}[a-z]{0,6} \d{1,2},? \d{4},?(?: at)? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?`,
    String.raw`\\?/Date\(\d{9,15}(?:[+-]\d{4})?\)\\?/`,
    String.raw`\b\d{1,3} (?:second|sec|minute|min)s? (?:ago|from now|left)`,
    String.raw`eyJ[\w-]+\.[\w-]+\.[\w-]*`,
    String.raw`\d+\.\d+(?= ?(?:ms|s|sec|seconds|µs)\b)|\d+(?= ?(?:ms|s|sec|seconds|µs)\b)`,
    String.raw`[A-Za-z0-9_%+~-]{7,}={0,2}`,
  ].join("|"),
  "g",
);

/** A shorter text holds no part. */
const MIN_CHARS = 6;

/** Characters before a part in which its name stands: `X-Signature=`, `name="nonce" value="`. */
const NAME_CHARS = 40;

/** Words before a figure that make it the time something took. */
const TOOK =
  /\b(?:took|in|within|after|elapsed|duration|runtime|time|generated|rendered|processed|executed|completed|loaded)\W{0,3}$/i;
const WORKED =
  /\b(?:took|elapsed|duration|runtime|generated|rendered|processed|executed|completed|loaded|response|query|render|page|request)\b/i;

export interface EmbeddedRules {
  readonly moments: Moments;
  /** A token needs no name that says it is one: the request made something new, or second answers move here. */
  readonly anyToken: boolean;
  /** And may be short, as under a name that says so. */
  readonly named?: boolean;
}

/** A reason, or null when something other than volatile parts differs. */
export function embeddedReason(reference: string, shadow: string, rules: EmbeddedRules): string | null {
  if (!mayHoldParts(reference, shadow)) return null;
  const [left, right] = [[...reference.matchAll(PARTS)], [...shadow.matchAll(PARTS)]];
  if (left.length === 0 || left.length !== right.length) return null;
  if (!areEqualAround([reference, left], [shadow, right])) return null;
  const reasons = new Set<string>();
  let figures = false;
  for (const [index, match] of left.entries()) {
    const other = right[index]?.[0] ?? "";
    if (match[0] === other) continue;
    const reason = partReason([match[0], other], surroundingsOf(reference, match), rules);
    // A figure in milliseconds beside something else that the server made is its own.
    if (reason === null && areMillis(match, right[index])) figures = true;
    else if (reason === null) return null;
    else reasons.add(reason);
  }
  if (figures && reasons.size > 0) reasons.add("how long the answer took");
  return reasons.size === 0 ? null : `differs only in ${[...reasons].join(" and ")}`;
}

function areMillis(left: RegExpMatchArray, right: RegExpMatchArray | undefined): boolean {
  return [left, right].every((match) => match !== undefined && MILLIS.test(match[0]) && UNIT.test(after(match)));
}

const MILLIS = /^\d{1,5}(?:\.\d+)?$/;
const UNIT = /^ ?(?:ms|µs)\b/;

function after(match: RegExpMatchArray): string {
  const to = (match.index ?? 0) + match[0].length;
  return (match.input ?? "").slice(to, to + 4);
}

function mayHoldParts(reference: string, shadow: string): boolean {
  if (reference.length < MIN_CHARS || !/\d/.test(reference) || !/\d/.test(shadow)) return false;
  return Math.abs(reference.length - shadow.length) <= Math.max(80, reference.length);
}

type Parted = readonly [text: string, parts: readonly RegExpMatchArray[]];

/** What stands between the parts is the same on both sides, which have as many of them. */
function areEqualAround([reference, left]: Parted, [shadow, right]: Parted): boolean {
  let from = 0;
  let to = 0;
  for (const [index, match] of left.entries()) {
    const other = right[index];
    if (other === undefined || reference.slice(from, match.index) !== shadow.slice(to, other.index)) return false;
    from = (match.index ?? 0) + match[0].length;
    to = (other.index ?? 0) + other[0].length;
  }
  return reference.slice(from) === shadow.slice(to);
}

interface Surroundings {
  readonly before: string;
  /** With the part's own first word, which counts as well: `nonce-q7Rz…`. */
  readonly name: string;
}

function surroundingsOf(text: string, match: RegExpMatchArray): Surroundings {
  const at = match.index ?? 0;
  const before = text.slice(Math.max(0, at - NAME_CHARS), at);
  const own = /^[A-Za-z]+(?=[-_])/.exec(match[0])?.[0] ?? "";
  return { before, name: `${before} ${own}` };
}

function partReason(
  [reference, shadow]: readonly [string, string],
  { before, name }: Surroundings,
  rules: EmbeddedRules,
): string | null {
  const [left, right] = [timeOf(reference, name), timeOf(shadow, name)];
  if (left !== null && right !== null)
    return isMomentOfAnswer(left, right, rules.moments) ? "the time of the answer" : null;
  if (areSteps(reference, shadow)) return "the time since something";
  if (/^\d+(?:\.\d+)?$/.test(reference))
    return TOOK.test(before) && WORKED.test(before) && isSameMeasure(reference, shadow)
      ? "how long the answer took"
      : null;
  return tokenReason([reference, shadow], name, rules);
}

function tokenReason(
  [reference, shadow]: readonly [string, string],
  name: string,
  { anyToken, named: known = false }: EmbeddedRules,
): string | null {
  const plain = name.replaceAll(/[^A-Za-z0-9]+/g, " ");
  const volatile = isVolatileName(plain) || isOfSide(plain) || isOfVisit(plain);
  const named = known || (volatile && !isOfContent(plain));
  const shared = sharedClass(reference, shadow, named ? [...VOLATILE_CLASSES, SHORT_TOKEN] : VOLATILE_CLASSES);
  if (shared === null) return null;
  if (shared.id === "jwt") return saySameClaims(reference, shadow) ? shared.plural : null;
  return volatile || anyToken ? shared.plural : null;
}

function areSteps(reference: string, shadow: string): boolean {
  const [left, right] = [distanceOf(reference), distanceOf(shadow)];
  return left !== null && right !== null && isSameDistance(left, right);
}

/** A number is a time only where the word right before it says so: `Expires=1763720000`. */
function timeOf(part: string, name: string): Clock | null {
  const clock = clockOf(
    part
      .replaceAll(/%3A/gi, ":")
      .replaceAll(/%2B/gi, "+")
      .replace(/%20|(?<=\d{4}-\d{2}-\d{2})\+/, " "),
  );
  if (clock !== null) return clock.notation === "day" ? null : clock;
  return isClockName(name) ? epochOf(part) : null;
}
