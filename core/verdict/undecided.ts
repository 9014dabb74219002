/** When a pair can be neither praised nor blamed: there is nothing sound to judge it against. */
import { answered, type Pair } from "../pair/pair.ts";

/** One sentence, or null when the pair can be judged. */
export function undecidedReason(pair: Pair): string | null {
  const { prod, base, shadow } = pair;
  if (!answered(prod) && !answered(base)) {
    const both = answered(shadow) ? "" : " Neither did the shadow.";
    return `Production gave no answer (${prod.failed}), so there is nothing to compare with.${both}`;
  }
  if (!answered(base) || !answered(prod) || statusClass(base.status) === statusClass(prod.status)) return null;
  return `The base stack answered ${base.status} where production answered ${prod.status}: the environment differs, so this pair is no evidence.`;
}

function statusClass(status: number): number {
  return Math.floor(status / 100);
}
