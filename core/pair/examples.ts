/**
 * Which pairs are a drift's examples: the smallest and most varied. Each kind of request has its smallest pair before any has its
 * second. What is kept of a growing number of pairs is the same for every order of arrival: a pair that twenty others go before
 * is never wanted again. The consumer's SQL says the same of stored pairs.
 */

/** Pair ids kept per drift. The answers of these pairs are kept in the bucket. */
export const MAX_EXAMPLES = 20;

export interface Candidate {
  readonly id: string;
  /** Of both answers. */
  readonly bytes: number;
  /** The kind of request. */
  readonly kind: string;
}

/** The best, at most `MAX_EXAMPLES` of them. */
export function bestExamples(candidates: readonly Candidate[]): readonly Candidate[] {
  const bySize = candidates.toSorted((a, b) => a.bytes - b.bytes || compareText(a.id, b.id));
  const turns = new Map<string, number>();
  const ranked = bySize.map((candidate) => {
    const turn = turns.get(candidate.kind) ?? 0;
    turns.set(candidate.kind, turn + 1);
    return { candidate, turn };
  });
  // Sorting keeps the order by size among equals.
  return ranked
    .toSorted((a, b) => a.turn - b.turn)
    .slice(0, MAX_EXAMPLES)
    .map(({ candidate }) => candidate);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
