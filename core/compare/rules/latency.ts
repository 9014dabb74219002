/**
 * The margins of the per-pair latency rules. One version measured against itself was three times slower in 12 % of pairs, so
 * a slow pair counts only where slowness is sustained on its route.
 */
import { answered, type Observation } from "../../pair/pair.ts";
import type { PairScene } from "./rule.ts";

export interface Margin {
  readonly times: number;
  /** Milliseconds. */
  readonly more: number;
}

export const SLOW: Margin = { times: 3, more: 50 };
export const VERY_SLOW: Margin = { times: 10, more: 200 };

/** The rule speaks from this slow pair of a route on, and only while at least this share of its pairs is slow. */
const FIRST_COUNTED = 3;
const SUSTAINED_SHARE = 0.5;

/** Slower than the slowest answer of the reference's own code: a slow production is not the shadow's fault. */
export function isSlower(scene: Pick<PairScene, "pair" | "reference" | "shadow">, margin: Margin): boolean {
  const { pair, reference, shadow } = scene;
  if (!answered(reference) || !answered(shadow)) return false;
  const known = slowest([reference, reference === pair.base ? pair.baseAgain : pair.control]);
  return known > 0 && shadow.latencyMs >= known * margin.times && shadow.latencyMs - known >= margin.more;
}

export function isSustained(scene: PairScene): boolean {
  return scene.slow >= FIRST_COUNTED && scene.slow >= scene.pairs * SUSTAINED_SHARE;
}

export function latencySentence({ reference, shadow, slow, pairs }: PairScene): string {
  const [left, right] = [Math.round(reference.latencyMs), Math.round(shadow.latencyMs)];
  return `The shadow took ${right} ms where the reference took ${left} ms; ${slow} of ${pairs} pairs of this route are slow.`;
}

function slowest(sides: readonly (Observation | undefined)[]): number {
  return Math.max(0, ...sides.map((side) => (answered(side) ? side.latencyMs : 0)));
}
