/**
 * Where a difference stands: a linked list from the root, turned into text only where something differs. Building the text
 * at every step would cost the square of the depth.
 */
import { isIdLike } from "../../pair/id-like.ts";
import { isCodeKey } from "./code-key.ts";

export interface Place {
  readonly outer: Place | null;
  /** The name of a member or the position of an element; null for the root. */
  readonly key: string | number | null;
  readonly depth: number;
  /** The place on the way here at which the shown beginning of a deep path ends. */
  readonly head: Place | null;
}

export const ROOT: Place = { outer: null, key: null, depth: 0, head: null };

/** Longest path that is kept, in characters: longer ones lose their middle. */
const MAX_PATH_CHARS = 1_000;

/** Of a deeper place only this many levels at either end are looked at: many differences may stand in one abyss. */
const END_LEVELS = 30;

/** Keys longer than this are not the names of fields. */
const MAX_FIELD_NAME_CHARS = 64;

export function memberPlace(outer: Place, key: string): Place {
  return inside(outer, key);
}

export function itemPlace(outer: Place, index: number): Place {
  return inside(outer, index);
}

function inside(outer: Place, key: string | number): Place {
  return { outer, key, depth: outer.depth + 1, head: outer.depth === END_LEVELS ? outer : outer.head };
}

/** Whether a key names one of many like things (an id, a date, an address, a currency) rather than a field. */
export function isMapKey(key: string): boolean {
  return isIdLike(key) || key.length > MAX_FIELD_NAME_CHARS || isCodeKey(key) || /.@|\//.test(key);
}

/** `$.items[3].price` */
export function pathOf(place: Place): string {
  return textOf(place, stepOf);
}

/** `$.items[*].price`: list positions and map keys generalised. */
export function patternOf(place: Place): string {
  return textOf(place, (key) => (typeof key === "number" ? "[*]" : isMapKey(key) ? ".*" : stepOf(key)));
}

function stepOf(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

type Written = (key: string | number) => string;

function textOf(place: Place, written: Written): string {
  const isDeep = place.head !== null && place.depth > 2 * END_LEVELS;
  const text = isDeep ? `${stepsTo(place.head, written)}…${stepsTo(place, written)}` : stepsTo(place, written);
  if (text.length <= MAX_PATH_CHARS) return text;
  return `${text.slice(0, MAX_PATH_CHARS / 2)}…${text.slice(-MAX_PATH_CHARS / 2)}`;
}

/** The last steps on the way to a place; all of them where it is not deep. */
function stepsTo(place: Place | null, written: Written): string {
  let text = "";
  let levels = 0;
  for (let at = place; at !== null && levels < 2 * END_LEVELS; at = at.outer, levels++)
    text = `${at.key === null ? "$" : written(at.key)}${text}`;
  return text;
}
