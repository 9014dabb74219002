/**
 * Where a difference stands: a linked list from the root, turned into text only where something differs. Building the text
 * at every step would cost the square of the depth.
 */
import { isIdLike } from "../../pair/id-like.ts";

export interface Place {
  readonly outer: Place | null;
  /** `.price`, `[3]` */
  readonly step: string;
  /** The step with list positions and map keys generalised: `.price`, `[*]`. */
  readonly general: string;
}

export const ROOT: Place = { outer: null, step: "$", general: "$" };

/** Longest path that is kept, in characters: deeper ones lose their middle. */
const MAX_PATH_CHARS = 1_000;

/** Keys longer than this are not the names of fields. */
const MAX_FIELD_NAME_CHARS = 64;

export function memberPlace(outer: Place, key: string): Place {
  const step = /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  return { outer, step, general: isMapKey(key) ? ".*" : step };
}

export function itemPlace(outer: Place, index: number): Place {
  return { outer, step: `[${index}]`, general: "[*]" };
}

/** Whether a key names one of many like things (an id, a date, an address) rather than a field. */
export function isMapKey(key: string): boolean {
  return isIdLike(key) || key.length > MAX_FIELD_NAME_CHARS || /[@/]/.test(key);
}

export function pathOf(place: Place): string {
  return textOf(place, "step");
}

export function patternOf(place: Place): string {
  return textOf(place, "general");
}

function textOf(place: Place, part: "step" | "general"): string {
  const steps: string[] = [];
  for (let at: Place | null = place; at !== null; at = at.outer) steps.push(at[part]);
  const text = steps.toReversed().join("");
  if (text.length <= MAX_PATH_CHARS) return text;
  return `${text.slice(0, MAX_PATH_CHARS / 2)}…${text.slice(-MAX_PATH_CHARS / 2)}`;
}
