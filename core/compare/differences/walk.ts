/**
 * The state of a walk over two JSON values: what was found, what is still to compare, and how a fact becomes a difference.
 * Apart from the walk itself, because lists are walked in a file of their own.
 */
import type { Difference, DifferenceKind, Trait } from "../difference.ts";
import { excerptOf, excerptsOf } from "../excerpt.ts";
import type { Json } from "../json/value.ts";
import { type Place, pathOf, patternOf } from "./place.ts";

/** Two values to compare, and whether they are elements of a list whose other elements are known. */
export interface Task {
  readonly place: Place;
  readonly reference: Json;
  readonly shadow: Json;
  /** Keys that the reference's other elements have only in part. */
  readonly optional?: ReadonlySet<string>;
}

export interface Fact {
  readonly place: Place;
  readonly kind: DifferenceKind;
  readonly reference?: Json;
  readonly shadow?: Json;
  readonly traits?: readonly Trait[];
}

export interface Findings {
  readonly found: Difference[];
  readonly tasks: Task[];
}

/** Turns a fact into a difference. */
export function report(walk: Findings, fact: Fact): void {
  const { place, kind, reference, shadow, traits = [] } = fact;
  const [left, right] =
    typeof reference === "string" && typeof shadow === "string"
      ? excerptsOf(reference, shadow)
      : [
          reference === undefined ? undefined : excerptOf(reference),
          shadow === undefined ? undefined : excerptOf(shadow),
        ];
  walk.found.push({
    part: "body",
    kind,
    path: pathOf(place),
    pattern: patternOf(place),
    ...(left === undefined ? {} : { reference: left }),
    ...(right === undefined ? {} : { shadow: right }),
    ...(traits.length === 0 ? {} : { traits }),
  });
}
