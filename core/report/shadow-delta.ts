/** By how much a shadow was slower: one pair's delta, as the consumer adds it up and the list of events shows it. */
import { answered, type Pair } from "../pair/pair.ts";

/**
 * Milliseconds that the shadow took less those of its reference: the second answer of production where one came, else production's own. Null
 * where either gave no answer: a time until something was given up is nobody's latency.
 */
export function shadowDelta({ prod, shadow, control }: Pick<Pair, "prod" | "shadow" | "control">): number | null {
  if (!answered(shadow)) return null;
  const reference = answered(control) ? control : prod;
  return answered(reference) ? shadow.latencyMs - reference.latencyMs : null;
}
