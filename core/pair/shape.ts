/** The shape of an answer: media type, and for JSON the names and types of its upper levels. Tells whether two routes answer alike. */
import { headerText, mediaTypeOf } from "../compare/answer.ts";
import type { Answer } from "./pair.ts";

const MAX_LEVELS = 3;
const MAX_NAMES = 300;

/** Share of names that two answers of one route have in common: optional fields come and go. */
const ALIKE = 0.7;

export type Shape = ReadonlySet<string>;

export function shapeOf(answer: Answer): Shape {
  const { type } = mediaTypeOf(headerText(answer, "content-type"));
  const names = new Set([`${Math.floor(answer.status / 100)}xx ${type}`]);
  if (/[/+]json$/.test(type) && answer.truncated !== true) addNames(jsonIn(answer.body), "$", names);
  return names;
}

export function areAlike(one: Shape, other: Shape): boolean {
  const both = [...one].filter((name) => other.has(name)).length;
  return both / (one.size + other.size - both) >= ALIKE;
}

function addNames(value: unknown, path: string, names: Set<string>): void {
  if (names.size >= MAX_NAMES) return;
  names.add(`${path} ${Array.isArray(value) ? "list" : value === null ? "null" : typeof value}`);
  if (typeof value !== "object" || value === null || path.split(/[.[]/).length > MAX_LEVELS) return;
  if (Array.isArray(value)) {
    if (value.length > 0) addNames(value[0], `${path}[*]`, names);
    return;
  }
  for (const [key, member] of Object.entries(value)) addNames(member, `${path}.${key}`, names);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
