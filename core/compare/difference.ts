/** A difference: a fact at a path, without opinion. Rules make findings of differences. */

/** What a difference is about. `latency` never appears here: it is judged over many pairs. */
export type Part = "status" | "header" | "body";

/**
 * Kinds of difference. `missing` is in the reference only, `extra` in the shadow only, `type` a change of JSON type
 * (null included), `value` another value of the same type, `order` the same elements in another order,
 * `length` lists of another length whose elements have no identity, `unparsable` a body that no longer parses as its type.
 */
export const DIFFERENCE_KINDS = ["missing", "extra", "type", "value", "order", "length", "unparsable"] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

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
}
