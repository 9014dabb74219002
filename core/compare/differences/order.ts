/**
 * Whether an order means something: the reference is sorted by its own values or by a field of its elements, and the shadow
 * is not. Sets come in any order; ranks do not.
 */
import type { Trait } from "../difference.ts";
import { isContainer, isObject, type JsonDocument, linkOf, stringOf, textOf, typeOfNode } from "../json/document.ts";
import { isIdName, isTimeName, wordsOf } from "../names.ts";
import { type Elements, valueNode } from "./identity.ts";

/** A control that kept the order of this many elements did not do so by chance (1 in 5,040). */
export const LONG_LIST = 7;

/** Texts are put in order by chance as easily as numbers, and seldom mean it: a list of two says nothing by its texts. */
const MIN_SORTED_TEXTS = 3;

/** Fields of fields are many, and of three values a third is in order by chance: they count from this many elements on. */
const MIN_NESTED = 4;

/** What is longer names no field. Characters. */
const MAX_NAME_CHARS = 64;

/** Names of fields that give an order. */
const RANKS = new Set(
  "rank ranking position pos order sort sequence seq index score relevance priority weight level place".split(" "),
);

/** The numbers of the names on the way from an element to the value that could give the order; none for the element itself. */
type Column = readonly number[];
type Sortable = number | string;
type Spelling = (value: Sortable) => Sortable;

/** Both lists hold the same elements, in the order of each side. */
export function orderTraits(reference: Elements, shadow: Elements): readonly Trait[] {
  const long: readonly Trait[] = reference.items.length >= LONG_LIST ? ["long"] : [];
  const columns = columnsOf(reference);
  const isSorted = columns.some(
    (column) => isMeant(reference, column, columns.length) && isLost(reference, shadow, column),
  );
  return isSorted ? ["sorted", ...long] : long;
}

/**
 * Of n values two orders in n! are sorted. Where chance alone would sort one of the columns, only one whose name gives an
 * order counts.
 */
function isMeant({ document, items }: Elements, column: Column, columns: number): boolean {
  if (items.length >= LONG_LIST) return true;
  let orders = 1;
  for (let n = 2; n <= items.length; n++) orders *= n;
  if ((columns * 2) / orders < 1) return true;
  const name = document.keys.names[column.at(-1) ?? -1] ?? "";
  if (name.length > MAX_NAME_CHARS) return false;
  return isIdName(name) || isTimeName(name) || wordsOf(name).some((word) => RANKS.has(word));
}

function columnsOf({ document, items }: Elements): readonly Column[] {
  const [first] = items;
  if (first === undefined) return [];
  if (!isObject(document, first)) return [[]];
  return namesIn(document, first).flatMap(([name, value]): readonly Column[] => {
    if (!isObject(document, value)) return isContainer(document, value) ? [] : [[name]];
    return items.length < MIN_NESTED ? [] : namesIn(document, value).map(([inner]) => [name, inner]);
  });
}

function namesIn(document: JsonDocument, object: number): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let node = object + 1; node < linkOf(document, object); node = linkOf(document, node + 1))
    found.push([linkOf(document, node), node + 1]);
  return found;
}

/** The reference follows this column in a direction that the shadow does not follow. */
function isLost(reference: Elements, shadow: Elements, column: Column): boolean {
  return [asWritten, asInDictionary].some((spelling) =>
    (["up", "down"] as const).some(
      (direction) =>
        follows(reference, column, { spelling, direction, strict: true }) &&
        !follows(shadow, column, { spelling, direction, strict: false }),
    ),
  );
}

const asWritten: Spelling = (value) => value;

/** Databases and people sort without regard to capitals. */
const asInDictionary: Spelling = (value) => (typeof value === "string" ? value.toLowerCase() : value);

interface Following {
  readonly spelling: Spelling;
  readonly direction: "up" | "down";
  /** All of one type, not all equal, and enough of them. */
  readonly strict: boolean;
}

function isBehind(before: Sortable, value: Sortable, direction: "up" | "down"): boolean {
  return direction === "up" ? before > value : before < value;
}

/** Stops at the first element that is out of order: most columns are in none. */
function follows({ document, items }: Elements, column: Column, { spelling, direction, strict }: Following): boolean {
  let before: Sortable | null = null;
  let moves = false;
  for (const item of items) {
    const raw = valueAt(document, item, column);
    const value = raw === null ? null : spelling(raw);
    if (value === null || (before !== null && typeof before !== typeof value)) return !strict && value !== null;
    if (strict && typeof value === "string" && items.length < MIN_SORTED_TEXTS) return false;
    if (before !== null && isBehind(before, value, direction)) return false;
    moves ||= before !== null && before !== value;
    before = value;
  }
  return moves || !strict;
}

function valueAt(document: JsonDocument, element: number, column: Column): Sortable | null {
  let node: number | null = element;
  for (const name of column) {
    node = node !== null && isObject(document, node) ? valueNode(document, node, name) : null;
    if (node === null) return null;
  }
  const type = typeOfNode(document, node);
  if (type === "string") return stringOf(document, node);
  return type === "number" ? Number(textOf(document, node)) : null;
}
