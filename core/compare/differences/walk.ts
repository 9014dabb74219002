/**
 * The state of a walk over two JSON texts: what was found, what is still to compare, and how a fact becomes a difference.
 * Apart from the walk itself, because lists are walked in a file of their own.
 */
import type { Difference, DifferenceKind, Trait } from "../difference.ts";
import { excerptsOf } from "../excerpt.ts";
import { isString, type JsonDocument, stringOf } from "../json/document.ts";
import { excerptOfNode } from "../json/written.ts";
import type { Comparison } from "../settings.ts";
import type { Peers } from "./optional.ts";
import { type Place, pathOf, patternOf } from "./place.ts";
import type { SameText } from "./same-text.ts";

/** Two nodes to compare. */
export interface Task {
  readonly place: Place;
  readonly reference: number;
  readonly shadow: number;
}

export interface Fact {
  readonly place: Place;
  readonly kind: DifferenceKind;
  /** Nodes. */
  readonly reference?: number | undefined;
  readonly shadow?: number | undefined;
  readonly traits?: readonly Trait[];
  /** Whose pattern counts where it is not the place's own. */
  readonly list?: Place;
}

export interface Walk {
  readonly reference: JsonDocument;
  readonly shadow: JsonDocument;
  readonly same: SameText;
  /** Of the reference. */
  readonly peers: Peers;
  readonly listKeys: Comparison["listKeys"];
  readonly found: Difference[];
  readonly tasks: Task[];
  /** Members that one side lacks: one of them may have moved to the place of another. */
  readonly removed: Fact[];
  readonly added: Fact[];
}

/**
 * More differences than this in one body are cut, and a difference with the trait `cut` says so. Lost fields and elements
 * and other types are kept up to twice as many, so that a flood of changed values does not hide them. Rules look at each,
 * which takes some 40 microseconds.
 */
export const MAX_DIFFERENCES = 2_000;

const GRAVE: ReadonlySet<DifferenceKind> = new Set(["missing", "type", "duplicated", "length"]);

/** Turns a fact about nodes into a difference. */
export function report(walk: Walk, fact: Fact): void {
  if (isFull(walk, fact.kind)) return;
  const { reference, shadow } = fact;
  const [left, right] =
    reference !== undefined && shadow !== undefined && areStrings(walk, reference, shadow)
      ? excerptsOf(stringOf(walk.reference, reference), stringOf(walk.shadow, shadow))
      : [
          reference === undefined ? undefined : excerptOfNode(walk.reference, reference),
          shadow === undefined ? undefined : excerptOfNode(walk.shadow, shadow),
        ];
  reportText(walk, fact, [left, right]);
}

function isFull({ found }: Walk, kind: DifferenceKind): boolean {
  return found.length >= MAX_DIFFERENCES && (found.length >= 2 * MAX_DIFFERENCES || !GRAVE.has(kind));
}

function areStrings(walk: Walk, reference: number, shadow: number): boolean {
  return isString(walk.reference, reference) && isString(walk.shadow, shadow);
}

/** Turns a fact that is no node (a length, a place) into a difference. */
export function reportText(
  walk: Walk,
  { place, kind, traits = [], list }: Omit<Fact, "reference" | "shadow">,
  [reference, shadow]: readonly [string | undefined, string | undefined],
): void {
  if (isFull(walk, kind)) return;
  walk.found.push({
    part: "body",
    kind,
    path: pathOf(place),
    pattern: patternOf(list ?? place),
    ...(reference === undefined ? {} : { reference }),
    ...(shadow === undefined ? {} : { shadow }),
    ...(traits.length === 0 ? {} : { traits }),
  });
}
