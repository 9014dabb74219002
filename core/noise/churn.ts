/**
 * How many elements of its lists a pattern gained and lost. A list whose elements come and go anyway may exchange some of
 * them; it may not shrink by more than that explains.
 */
import type { Difference } from "../compare/difference.ts";

/** A shadow's list may lose this many times what two answers of the same code lose, and one element more. */
const TOLERATED_TIMES = 2;

/** Elements lost minus elements gained, by the pattern of the list. */
export function netLosses(differences: readonly Difference[]): ReadonlyMap<string, number> {
  const losses = new Map<string, number>();
  for (const difference of differences) {
    const loss = difference.traits?.includes("item") ? lossOf(difference) : 0;
    if (loss === 0) continue;
    const list = listPattern(difference.pattern);
    losses.set(list, (losses.get(list) ?? 0) + loss);
  }
  return losses;
}

/** `$.items` for `$.items[*]` and for itself. */
export function listPattern(pattern: string): string {
  if (pattern.endsWith("[*]")) return pattern.slice(0, -"[*]".length);
  return pattern.endsWith(".*") ? pattern.slice(0, -".*".length) : pattern;
}

export function isTolerated(lost: number, lostAnyway: number): boolean {
  return lost <= Math.abs(lostAnyway) * TOLERATED_TIMES + 1;
}

function lossOf({ kind, reference, shadow }: Difference): number {
  if (kind === "missing") return 1;
  if (kind === "extra") return -1;
  return kind === "length" ? Number(reference) - Number(shadow) : 0;
}
