/**
 * Clock times: what counts as one, in which notation, and whether two of them are the moment of their answers. A date that
 * is far from the answer is a business value, however much it looks like a clock.
 */
import { readClock } from "./clock-forms.ts";

/** Two answers to one request, and the clocks in them, lie this close together. */
export const NEAR_MS = 5 * 60_000;

/**
 * Times ahead of or behind the moment of the answer (expiries, windows) are whole minutes away from it. `date` headers have
 * whole seconds and are stamped a little after the clock was read. RFC 9110, 6.6.1.
 */
const DISTANCE_STEP_MS = 60_000;
const DISTANCE_TOLERANCE_MS = 2_500;
const MAX_DISTANCE_MS = 400 * 86_400_000;
const DAY_MS = 86_400_000;

/** Numbers stand for times between 2000 and 2100; others of that length are something else. */
const EPOCH_FROM = Date.UTC(2000, 0);
const EPOCH_TO = Date.UTC(2100, 0);

export interface Clock {
  /** Unix milliseconds. */
  readonly time: number;
  /** Clocks in another notation are another format, which a client notices. */
  readonly notation: string;
}

/** Null when the text is no time of a day, or no date alone. */
export function clockOf(text: string): Clock | null {
  return readClock(text) ?? dayOf(text);
}

/** A date alone: a clock that moves once a day. */
function dayOf(text: string): Clock | null {
  if (!/^\d{4}-\d{2}-\d{2}Z?$/.test(text)) return null;
  const time = Date.parse(text.slice(0, 10));
  return Number.isNaN(time) ? null : { time, notation: "day" };
}

/** Unix time in seconds, milliseconds, microseconds or nanoseconds, told by its digits; null for other numbers. */
export function epochOf(text: string): Clock | null {
  const match = /^(\d{10}|\d{13}|\d{16}|\d{19})(?:\.\d+)?$/.exec(text);
  const digits = match?.[1];
  if (digits === undefined) return null;
  const time = Number(text) / 10 ** (digits.length - 13);
  return time >= EPOCH_FROM && time < EPOCH_TO ? { time, notation: `epoch${digits.length}` } : null;
}

/** Written to the millisecond or finer: two answers that agree on it did not read it from a clock. */
export function isFine(text: string): boolean {
  return /[.,]\d{3,9}/.test(text) || /^(?:\D*)\d{13,19}\D*$/.test(text);
}

/** The moments of both answers by their own `date` headers; null where a side has none. */
export interface Moments {
  readonly reference: number | null;
  readonly shadow: number | null;
}

/** Both are the time of their answer, or keep the same distance to it. */
export function isMomentOfAnswer(reference: Clock, shadow: Clock, moments: Moments): boolean {
  if (reference.notation !== shadow.notation) return false;
  const [first, second] = [moments.reference ?? moments.shadow, moments.shadow ?? moments.reference];
  if (reference.notation === "day")
    return first !== null && second !== null && isToday([reference, shadow], [first, second]);
  if (first === null || second === null) return Math.abs(reference.time - shadow.time) <= NEAR_MS;
  const [left, right] = [reference.time - first, shadow.time - second];
  if (Math.abs(left) <= NEAR_MS && Math.abs(right) <= NEAR_MS) return true;
  return keepsDistance(left, right);
}

/** Both lie as far from their answers; so does everything where an answer does not say when it was given. */
export function isEquallyFar([first, second]: readonly [Clock, Clock], { reference, shadow }: Moments): boolean {
  if (reference === null || shadow === null) return true;
  return Math.abs(first.time - reference - (second.time - shadow)) <= DISTANCE_TOLERANCE_MS;
}

/** One clock is read at, before or after the other: midnight lies between them. */
function isToday([reference, shadow]: readonly [Clock, Clock], [first, second]: readonly [number, number]): boolean {
  return reference.time === Math.floor(first / DAY_MS) * DAY_MS && shadow.time === Math.floor(second / DAY_MS) * DAY_MS;
}

/** A stored time keeps no round distance to the answers, and does not move between them. */
function keepsDistance(left: number, right: number): boolean {
  if (Math.abs(left) > MAX_DISTANCE_MS || Math.abs(left - right) > DISTANCE_TOLERANCE_MS) return false;
  const round = Math.round(left / DISTANCE_STEP_MS) * DISTANCE_STEP_MS;
  return Math.abs(left - round) <= DISTANCE_TOLERANCE_MS && Math.abs(right - round) <= DISTANCE_TOLERANCE_MS;
}
