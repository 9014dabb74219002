/** A difference: a fact at a path, without opinion. Rules make findings of differences. */

/** What a difference is about. `latency` never appears here: it is judged over many pairs. */
export type Part = "status" | "header" | "body";

/**
 * Kinds of difference. `missing` is in the reference only, `extra` in the shadow only, `type` a change of JSON type
 * (null included), `value` another value of the same type, `order` the same elements in another order,
 * `length` lists of another length whose elements have no identity, `unparsable` a body that no longer parses as its type,
 * `moved` a value at another place: one element of a long list whose other elements keep their order (trait `item`, pattern of
 * the list), or a member that stands whole at another path; both excerpts are paths, as strings. `duplicated` an element that
 * stands more often than in the reference.
 */
export const DIFFERENCE_KINDS = [
  "missing",
  "extra",
  "type",
  "value",
  "order",
  "length",
  "unparsable",
  "moved",
  "duplicated",
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/**
 * A fact about the place of a difference that its excerpts cannot show.
 * `item`: a list element or an entry of a map, not a field. `optional`: the reference has the field in some of its elements only. `duplicate`: a key that stands twice and hides a value.
 * `sorted`: the reference's list is sorted by something by which the shadow's is not. `long`: a list of seven or more.
 * `cut`: there were more differences than are kept. `removed`: a header directive or flag that only the reference has.
 */
export type Trait = "item" | "optional" | "duplicate" | "sorted" | "long" | "cut" | "removed";

export interface Difference {
  readonly part: Part;
  readonly kind: DifferenceKind;
  /** `$.items[3].price` in a JSON body, `status`, `header:cache-control`, `body` or `body:line 12` elsewhere. */
  readonly path: string;
  /** The path with list positions and map keys generalised: `$.items[*].price`. Part of the signature. */
  readonly pattern: string;
  /** The reference's value as an excerpt in JSON notation; absent where there is none. */
  readonly reference?: string;
  /** The shadow's value as an excerpt in JSON notation; absent where there is none. */
  readonly shadow?: string;
  readonly traits?: readonly Trait[];
}
