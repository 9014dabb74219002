/** Why something is noise, as a stable word for machines. Apart from the reasons, which are sentences and may change. */

/**
 * `second-answer`: two answers of the same code differ here too, in this pair. `learned`: they did in earlier pairs of the
 * route. `volatile`: both values are made anew for each answer. `transport`: a header that differs between any two answers.
 * `own-host`: each side names its own host. `order`: the same elements, of a list without an order of its own.
 * `user`: the repository ignores it. `shape`: the repository compares the route by shape.
 * `hindsight`: later pairs showed what `learned` would have said.
 */
export const NOISE_KINDS = [
  "second-answer",
  "learned",
  "volatile",
  "transport",
  "own-host",
  "order",
  "user",
  "shape",
  "hindsight",
] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

/** A suppression: a sentence for people, and its kind. */
export interface Noise {
  readonly reason: string;
  readonly by: NoiseKind;
}
