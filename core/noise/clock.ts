/**
 * Clock times: what counts as one, in which notation, and whether two of them are the moment of their answers. A date that
 * is far from the answer is a business value, however much it looks like a clock.
 */

/** Two answers to one request, and the clocks in them, lie this close together. */
export const NEAR_MS = 5 * 60_000;

/** Times ahead of or behind the moment of the answer (expiries) keep their distance to it; clocks of two hosts differ a little. */
const DISTANCE_TOLERANCE_MS = 5_000;
const MAX_DISTANCE_MS = 400 * 86_400_000;

const ISO = /^(\d{4}-\d{2}-\d{2})([T ])(\d{2}:\d{2}:\d{2})([.,]\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2}|UTC|)$/i;
const RFC1123 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2}[ -][A-Z][a-z]{2}[ -]\d{4} \d{2}:\d{2}:\d{2} (?:GMT|UTC|[+-]\d{4})$/;

/** Numbers stand for times between 2000 and 2100; others of that length are something else. */
const EPOCH_FROM = Date.UTC(2000, 0);
const EPOCH_TO = Date.UTC(2100, 0);

export interface Clock {
  /** Unix milliseconds. */
  readonly time: number;
  /** Clocks in another notation are another format, which a client notices. */
  readonly notation: string;
}

/** Null when the text is no time with seconds. */
export function clockOf(text: string): Clock | null {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, day = "", separator = "", time = "", fraction = "", zone = ""] = iso;
    const offset = zone === "" || /^(?:z|utc)$/i.test(zone) ? "Z" : zone;
    return valid(
      Date.parse(`${day}T${time}${fraction.replace(",", ".").slice(0, 4)}${offset}`),
      `iso${separator}${zone}`,
    );
  }
  return RFC1123.test(text) ? valid(Date.parse(text), "rfc1123") : null;
}

/** Unix time in seconds, milliseconds, microseconds or nanoseconds, told by its digits; null for other numbers. */
export function epochOf(text: string): Clock | null {
  const match = /^(\d{10}|\d{13}|\d{16}|\d{19})(?:\.\d+)?$/.exec(text);
  const digits = match?.[1];
  if (digits === undefined) return null;
  const time = Number(text) / 10 ** (digits.length - 13);
  return time >= EPOCH_FROM && time < EPOCH_TO ? { time, notation: `epoch${digits.length}` } : null;
}

/** The moments of both answers by their own `date` headers; null where a side has none. */
export interface Moments {
  readonly reference: number | null;
  readonly shadow: number | null;
}

/** Both are the time of their answer, or keep the same distance to it. */
export function isMomentOfAnswer(reference: Clock, shadow: Clock, moments: Moments): boolean {
  if (reference.notation !== shadow.notation) return false;
  if (moments.reference === null || moments.shadow === null) return Math.abs(reference.time - shadow.time) <= NEAR_MS;
  const [left, right] = [reference.time - moments.reference, shadow.time - moments.shadow];
  if (Math.abs(left) <= NEAR_MS && Math.abs(right) <= NEAR_MS) return true;
  return Math.abs(left) <= MAX_DISTANCE_MS && Math.abs(left - right) <= DISTANCE_TOLERANCE_MS;
}

function valid(time: number, notation: string): Clock | null {
  return Number.isNaN(time) ? null : { time, notation };
}
