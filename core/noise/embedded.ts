/**
 * Volatile parts inside longer texts: a signed URL, a sentence with a time in it, a line of HTML with a nonce. The texts are
 * noise when they are equal apart from such parts and each of those is volatile on both sides.
 */
import { isTimeName, isVolatileName, wordsOf } from "../compare/names.ts";
import { type Clock, clockOf, epochOf, isMomentOfAnswer, type Moments } from "./clock.ts";
import { SHORT_TOKEN, sharedClass, VOLATILE_CLASSES } from "./volatile.ts";

/** Times, JWTs, and runs of characters that a token may consist of. */
const PARTS =
  /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|eyJ[\w-]+\.[\w-]+\.[\w-]*|[A-Za-z0-9_%+-]{8,}={0,2}/g;

/** Characters before a part in which its name stands: `X-Signature=`, `name="nonce" value="`. */
const NAME_CHARS = 40;

/** Basic and compact times in signed URLs: `20261121T101500Z`. */
const COMPACT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

export interface EmbeddedRules {
  readonly moments: Moments;
  /** A token needs no name that says it is one: the request made something new, or second answers move here. */
  readonly anyToken: boolean;
}

/** A reason, or null when something other than volatile parts differs. */
export function embeddedReason(reference: string, shadow: string, rules: EmbeddedRules): string | null {
  const [left, right] = [[...reference.matchAll(PARTS)], [...shadow.matchAll(PARTS)]];
  if (left.length === 0 || left.length !== right.length) return null;
  if (reference.replaceAll(PARTS, "\u0000") !== shadow.replaceAll(PARTS, "\u0000")) return null;
  const reasons = new Set<string>();
  for (const [index, match] of left.entries()) {
    const other = right[index]?.[0] ?? "";
    if (match[0] === other) continue;
    // The part's own first word counts as well: `nonce-q7Rz…`.
    const own = /^[A-Za-z]+(?=[-_])/.exec(match[0])?.[0] ?? "";
    const name = `${reference.slice(Math.max(0, match.index - NAME_CHARS), match.index)} ${own}`;
    const reason = partReason([match[0], other], name, rules);
    if (reason === null) return null;
    reasons.add(reason);
  }
  return reasons.size === 0 ? null : `differs only in ${[...reasons].join(" and ")}`;
}

function partReason([reference, shadow]: readonly [string, string], name: string, rules: EmbeddedRules): string | null {
  const [left, right] = [timeOf(reference, name), timeOf(shadow, name)];
  if (left !== null && right !== null)
    return isMomentOfAnswer(left, right, rules.moments) ? "the time of the answer" : null;
  const named = isVolatileName(name.replaceAll(/[^A-Za-z]+/g, " "));
  const classes = named ? [...VOLATILE_CLASSES, SHORT_TOKEN] : VOLATILE_CLASSES;
  const shared = sharedClass(reference, shadow, classes);
  if (shared === null) return null;
  return named || rules.anyToken || shared.id === "jwt" ? shared.plural : null;
}

/** A number is a time only where the word right before it says so: `Expires=1763720000`. */
function timeOf(part: string, name: string): Clock | null {
  return clockOf(spaced(part)) ?? (isTimeName(wordsOf(name).at(-1) ?? "") ? epochOf(part) : null);
}

function spaced(text: string): string {
  return text.replace(COMPACT, "$1-$2-$3T$4:$5:$6Z");
}
