/** From figures to places in a chart. Pure numbers: what draws them is `trends/chart.tsx`. */

export interface Scale {
  /** Place of a value in pixels. */
  readonly at: (value: number) => number;
}

/** Straight from one range to another. A domain without width lands in the middle. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  const width = to - from;
  return { at: (value) => (width === 0 ? (start + end) / 2 : start + ((value - from) / width) * (end - start)) };
}

/** Ticks of a value axis at most, besides 0. */
const MAX_TICKS = 4;

/** Steps that read well, within one power of ten. */
const NICE = [1, 2, 2.5, 5, 10] as const;

/** `0` and round values up to the first at or over `highest`. An axis always has a height: without values it ends at 1. */
export function ticksTo(highest: number): readonly number[] {
  const top = Number.isFinite(highest) && highest > 0 ? highest : 1;
  const power = 10 ** Math.floor(Math.log10(top / MAX_TICKS));
  const step = power * (NICE.find((each) => top / (each * power) <= MAX_TICKS + 1e-9) ?? 10);
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Distances of time ticks, in milliseconds. Longer ones are multiples of the last. */
const TIME_STEPS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 2 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 30 * DAY_MS, 90 * DAY_MS];

export interface TimeTick {
  /** Unix time in milliseconds. */
  readonly at: number;
  readonly label: string;
}

/** Moments of UTC between both ends, at most `most` of them: whole days, or hours where less than two days are shown. */
export function timeTicks(from: number, to: number, most: number): readonly TimeTick[] {
  const span = to - from;
  if (!(span > 0) || most < 1) return [];
  const last = TIME_STEPS.at(-1) ?? DAY_MS;
  const step = TIME_STEPS.find((each) => span / each <= most) ?? last * Math.ceil(span / most / last);
  const first = Math.ceil(from / step) * step;
  const count = Math.min(most, Math.floor((to - first) / step) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const at = first + index * step;
    return { at, label: step < DAY_MS ? hourOf(at) : dayOf(at) };
  });
}

const DAY = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });

/** `Nov 3`, in UTC. */
export function dayOf(at: number): string {
  return Number.isFinite(at) ? DAY.format(at) : "–";
}

/** `Nov 3 14:20`, in UTC. */
export function minuteOf(at: number): string {
  return Number.isFinite(at) ? `${dayOf(at)} ${new Date(at).toISOString().slice(11, 16)}` : "–";
}

function hourOf(at: number): string {
  return new Date(at).getUTCHours() === 0 ? dayOf(at) : new Date(at).toISOString().slice(11, 16);
}

/** The nearest of these places, by index; -1 where there is none. */
export function nearest(places: readonly number[], x: number): number {
  let best = -1;
  places.forEach((place, index) => {
    if (best < 0 || Math.abs(place - x) < Math.abs((places[best] ?? place) - x)) best = index;
  });
  return best;
}
