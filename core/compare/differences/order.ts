/**
 * Whether an order means something: the reference is sorted by its own values or by a field of its elements, and the shadow
 * is not. Sets come in any order; ranks do not.
 */
import type { Trait } from "../difference.ts";
import { isObject, isScalar, type Json } from "../json/value.ts";

/** A control that kept the order of this many elements did not do so by chance (1 in 5,040). */
export const LONG_LIST = 7;

/** Two texts stand in alphabetical order by chance half of the time, so a list of two says nothing by its texts. */
const MIN_SORTED_TEXTS = 3;

/** Fields of fields are many, and of three values a third is in order by chance: they count from this many elements on. */
const MIN_NESTED = 4;

/** The names on the way from an element to the value that could give the order; none for the element itself. */
type Column = readonly string[];
type Direction = "up" | "down";
type Sortable = number | string;

/** Both lists hold the same elements, in the order of each side. */
export function orderTraits(reference: readonly Json[], shadow: readonly Json[]): readonly Trait[] {
  const traits: Trait[] = reference.length >= LONG_LIST ? ["long"] : [];
  const sorted = columnsOf(reference).some((column) => isLost(values(reference, column), values(shadow, column)));
  return sorted ? ["sorted", ...traits] : traits;
}

function columnsOf(elements: readonly Json[]): readonly Column[] {
  const first = elements[0];
  if (first === undefined) return [];
  if (!isObject(first)) return [[]];
  return [...first.members].flatMap(([key, value]): readonly Column[] => {
    if (!isObject(value)) return [[key]];
    return elements.length < MIN_NESTED ? [] : [...value.members.keys()].map((inner) => [key, inner]);
  });
}

function valueAt(element: Json, column: Column): Json | undefined {
  return column.reduce<Json | undefined>(
    (value, key) => (value !== undefined && isObject(value) ? value.members.get(key) : undefined),
    element,
  );
}

function values(elements: readonly Json[], column: Column): readonly Sortable[] | null {
  const found: Sortable[] = [];
  for (const element of elements) {
    const key = sortable(valueAt(element, column));
    if (key === null || typeof key !== typeof (found[0] ?? key)) return null;
    found.push(key);
  }
  return found;
}

function sortable(value: Json | undefined): Sortable | null {
  if (value === undefined || value === null || typeof value === "boolean" || !isScalar(value)) return null;
  return typeof value === "string" ? value : Number(value.text);
}

/** The reference follows this column in a direction that the shadow does not follow. */
function isLost(reference: readonly Sortable[] | null, shadow: readonly Sortable[] | null): boolean {
  if (reference === null || shadow === null || reference.length < 2) return false;
  if (typeof reference[0] === "string" && reference.length < MIN_SORTED_TEXTS) return false;
  return [asWritten, asInDictionary].some((spelling) => {
    const direction = directionOf(reference.map(spelling));
    return direction !== null && !follows(shadow.map(spelling), direction);
  });
}

function asWritten(value: Sortable): Sortable {
  return value;
}

/** Databases and people sort without regard to capitals. */
function asInDictionary(value: Sortable): Sortable {
  return typeof value === "string" ? value.toLowerCase() : value;
}

function directionOf(column: readonly Sortable[]): Direction | null {
  if (column.every((value) => value === column[0])) return null;
  if (follows(column, "up")) return "up";
  return follows(column, "down") ? "down" : null;
}

function follows(column: readonly Sortable[], direction: Direction): boolean {
  return column.every((value, index) => {
    const before = column[index - 1];
    if (before === undefined) return true;
    return direction === "up" ? before <= value : before >= value;
  });
}
