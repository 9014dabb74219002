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

export function isPlausible(difference: Difference): boolean {
  const numbers = bothNumbers(difference);
  if (numbers !== null) return plausibleNumbers(numbers);
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

function closeClocks(reference: Clock, shadow: Clock | null): boolean {
  if (shadow === null || shadow.notation !== reference.notation) return false;
  return Math.abs(reference.time - shadow.time) <= MAX_CLOCK_APART_MS;
}
