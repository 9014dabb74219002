/**
 * Times that are told as a distance: `2 minutes ago`, `in 30 seconds`, and how long an answer took. The first are noise
 * within one step of their unit, the second only under a name that says so: other durations are business values.
 */
import { wordsOf } from "../compare/names.ts";

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^s(?:ec(?:ond)?s?)?$/i, 1],
  [/^m(?:in(?:ute)?s?)?$/i, 60],
];
const RELATIVE =
  /^(?:(?:about|less than|over|almost)\s+)?(in\s+)?(an?|one|a few|\d{1,3})\s*(seconds?|secs?|s|minutes?|mins?|m)(\s+ago|\s+from now|\s+left)?$/i;
const NOW = /^(?:just now|now|moments ago|a moment ago)$/i;

/** Told in hours or more, a step is no matter of the seconds between two answers. */
export interface Distance {
  readonly seconds: number;
  readonly unit: number;
  readonly direction: string;
}

/** `2 minutes ago`; null for everything told in hours or more, and for other texts. */
export function distanceOf(text: string): Distance | null {
  if (text.length > 40) return null;
  if (NOW.test(text)) return { seconds: 0, unit: 60, direction: "ago" };
  const match = RELATIVE.exec(text.trim());
  if (match === null) return null;
  const [, ahead = "", count = "", unit = "", ago = ""] = match;
  const seconds = UNITS.find(([form]) => form.test(unit))?.[1] ?? 1;
  const direction = ahead === "" ? ago.trim().toLowerCase() : "in";
  if (direction === "") return null;
  return { seconds: countOf(count) * seconds, unit: seconds, direction };
}

/** A step of the coarser unit lies between two readings at the most. */
export function isSameDistance(reference: Distance, shadow: Distance): boolean {
  const step = Math.max(reference.unit, shadow.unit);
  return reference.direction === shadow.direction && Math.abs(reference.seconds - shadow.seconds) <= Math.max(step, 10);
}

function countOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return /few/i.test(text) ? 3 : 1;
}

const TOOK = new Set("took elapsed latency runtime uptime".split(" "));
const WORK = new Set(
  "processing execution exec response query server render rendering request search db sql backend wall cpu gc load generation compute".split(
    " ",
  ),
);
const LENGTH = new Set("time duration ms millis milliseconds seconds secs micros us ns nanos".split(" "));
const PROCESS = new Set("pid rss heap loadavg goroutines threads".split(" "));

/** `took`, `elapsed_ms`, `queryTime`, `uptime`, `heapUsed`: what a process says of itself, never what it sells. */
export function isProcessName(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => TOOK.has(word) || PROCESS.has(word))) return true;
  return words.some((word) => WORK.has(word)) && words.some((word) => LENGTH.has(word));
}

/** `12ms`, `0.034 s`, `PT0.2S`, `00:00:01.20` beside a plain number. */
const DURATION =
  /^(?:-?\d+(?:\.\d+)?(?:e-?\d+)?\s?(?:ns|us|µs|ms|s|sec|seconds|milliseconds)?|PT(?:\d+H)?(?:\d+M)?\d+(?:\.\d+)?S|\d+:\d{2}(?::\d{2})?(?:\.\d+)?)$/i;

/** Both are such figures in one notation, and none is below zero. */
export function isSameMeasure(reference: string, shadow: string): boolean {
  if (!DURATION.test(reference) || !DURATION.test(shadow)) return false;
  if (reference.startsWith("-") || shadow.startsWith("-")) return false;
  return unitOf(reference) === unitOf(shadow);
}

function unitOf(text: string): string {
  return text
    .replaceAll(/[\d.:-]+/g, "")
    .trim()
    .toLowerCase();
}
