/**
 * Whether a value that moves anyway still moves within its kind. A clock that stands at 1970, an id that is no id any more
 * or a number of another form is news, however noisy its field.
 */
import type { Difference } from "../compare/difference.ts";
import { bothNumbers, bothStrings } from "../compare/excerpt-value.ts";
import { type Clock, clockOf, epochOf } from "./clock.ts";
import { classOf } from "./volatile.ts";

/** How far two clocks of one field may lie apart where the field is known to move. */
const MAX_CLOCK_APART_MS = 86_400_000;

/** `second`: what second answers show at the very place. */
export function isPlausible(difference: Difference, second: Difference | null = null, isSevere = false): boolean {
  const numbers = bothNumbers(difference);
  const moved = second === null ? null : bothNumbers(second);
  if (numbers !== null) return plausibleNumbers(numbers) && (moved === null || isInReach(numbers, moved, isSevere));
  const texts = bothStrings(difference);
  return texts === null || plausibleTexts(texts);
}

function plausibleTexts([reference, shadow]: readonly [string, string]): boolean {
  const clock = clockOf(reference);
  if (clock !== null) return closeClocks(clock, clockOf(shadow));
  const known = classOf(reference);
  return known === null || known.id === "token" || known.test(shadow);
}

function plausibleNumbers([reference, shadow]: readonly [string, string]): boolean {
  const clock = epochOf(reference);
  if (clock !== null) return closeClocks(clock, epochOf(shadow));
  return Number(shadow) >= 0 || Number(reference) < 0;
}

/**
 * A number may lie this many times above or below what second answers stay close to: amounts, where a lost factor of a
 * hundred is an error of its own, and others.
 */
const SEVERE_TIMES = 10;
const TIMES = 100;
/** Second answers stay close to a number that they move by less than this share of it. */
const CLOSE_SHARE = 0.2;

/** What two answers of the same code move by a little is not moved by orders of magnitude. */
function isInReach(
  [reference, shadow]: readonly [string, string],
  [first, again]: readonly [string, string],
  isSevere: boolean,
): boolean {
  const [was, is, from, to] = [reference, shadow, first, again].map((text) => Math.abs(Number(text)));
  if (was === undefined || is === undefined || from === undefined || to === undefined || was === 0 || is === 0)
    return true;
  if (Math.abs(from - to) > Math.max(from, to) * CLOSE_SHARE) return true;
  return Math.max(was, is) / Math.min(was, is) < (isSevere ? SEVERE_TIMES : TIMES);
}

function closeClocks(reference: Clock, shadow: Clock | null): boolean {
  if (shadow === null || shadow.notation !== reference.notation) return false;
  return Math.abs(reference.time - shadow.time) <= MAX_CLOCK_APART_MS;
}
