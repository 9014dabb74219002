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
/** And so many times as far as second answers do. */
const CLOCK_TIMES = 10;

/** `second`: what second answers show at the very place. */
export function isPlausible(difference: Difference, second: Difference | null = null, isSevere = false): boolean {
  const numbers = bothNumbers(difference);
  if (numbers !== null) return plausibleNumbers(numbers, second === null ? null : bothNumbers(second), isSevere);
  const texts = bothStrings(difference);
  return texts === null || plausibleTexts(texts, second === null ? null : bothStrings(second));
}

type Both = readonly [string, string];

/** What second answers do as well, another class or a clock days apart, is the field's kind. */
function plausibleTexts([reference, shadow]: Both, moved: Both | null): boolean {
  const clock = clockOf(reference);
  if (clock !== null) return closeClocks([clock, clockOf(shadow)], moved?.map(clockOf) ?? []);
  const known = classOf(reference);
  if (known === null || known.id === "token" || known.test(shadow)) return true;
  return moved !== null && !moved.every((text) => known.test(text));
}

function plausibleNumbers([reference, shadow]: Both, moved: Both | null, isSevere: boolean): boolean {
  const clock = epochOf(reference);
  if (clock !== null) return closeClocks([clock, epochOf(shadow)], moved?.map(epochOf) ?? []);
  const signed = Number(shadow) >= 0 || [reference, ...(moved ?? [])].some((text) => Number(text) < 0);
  return signed && (moved === null || isInReach([reference, shadow], moved, isSevere));
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
function isInReach([reference, shadow]: Both, [first, again]: Both, isSevere: boolean): boolean {
  const [was, is, from, to] = [reference, shadow, first, again].map((text) => Math.abs(Number(text)));
  if (was === undefined || is === undefined || from === undefined || to === undefined || was === 0 || is === 0)
    return true;
  if (Math.abs(from - to) > Math.max(from, to) * CLOSE_SHARE) return true;
  return Math.max(was, is) / Math.min(was, is) < (isSevere ? SEVERE_TIMES : TIMES);
}

function closeClocks(
  [reference, shadow]: readonly [Clock, Clock | null],
  [first = null, again = null]: readonly (Clock | null)[],
): boolean {
  if (shadow === null || shadow.notation !== reference.notation) return false;
  const apart = first === null || again === null ? 0 : Math.abs(first.time - again.time);
  return Math.abs(reference.time - shadow.time) <= Math.max(MAX_CLOCK_APART_MS, apart * CLOCK_TIMES);
}
