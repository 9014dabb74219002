/**
 * When does it break: the smallest predicate on requests that parts the pairs that show a drift from those that do not.
 * It is searched for in one half of the pairs and must hold in the other. Both times its probability under blind chance
 * (Fisher's exact test) is multiplied by how many predicates were tried (Bonferroni), so that a coincidence is not a condition.
 */
import { type Bits, bitsOf, both, countBoth, countOf, without } from "./bits.ts";
import { type LogFactorials, logFactorials, logUpperTail } from "./fisher.ts";
import type { Predicate } from "./predicate.ts";
import type { Candidate, ConditionTable } from "./table.ts";

export interface Condition {
  readonly predicate: Predicate;
  /** Pairs for which it holds, and how many of these fail: `38 of 38`. */
  readonly matching: number;
  readonly matchingFailing: number;
  /** All the other pairs, and how many of these fail: `0 of 611`. */
  readonly others: number;
  readonly othersFailing: number;
  /** Of the half it was not searched in, corrected. */
  readonly pValue: number;
}

/** Why there is none: `always` where nearly every pair fails, `few` where there are too few of one kind to tell. */
export const NO_CONDITION = ["always", "few", "none"] as const;
export type ConditionResult =
  | { readonly ok: true; readonly value: Condition }
  | { readonly ok: false; readonly reason: (typeof NO_CONDITION)[number] };

/** The highest corrected probability in each half. Twice, so that less than one in 400 coincidences passes. */
const SIGNIFICANCE = 0.05;

/** Fewer pairs of one kind cannot be split in halves and still say something. */
const MIN_OF_A_KIND = 8;

/** A larger share of failing pairs is called always. */
const ALWAYS_SHARE = 0.98;

/** What it must be worth: this share of the failing pairs explained, and so much more failing where it holds than elsewhere. */
const MIN_EXPLAINED = 0.6;
const MIN_TIMES_MORE = 3;

/** The best single facts are tried in twos. */
const PAIRED = 24;

/** Two facts are taken where one would do only if they are that much less probable: e to this power. */
const WORTH_A_SECOND = Math.log(10_000);

/** `failing` are the ids of the table's pairs that show the drift; all others pass. */
export function conditionOf(table: ConditionTable, failing: ReadonlySet<string>): ConditionResult {
  const size = table.ids.length;
  const marked = bitsOf(
    size,
    [...table.ids.keys()].filter((n) => failing.has(table.ids[n] ?? "")),
  );
  const count = countOf(marked);
  if (count > 0 && count >= size * ALWAYS_SHARE) return { ok: false, reason: "always" };
  if (count < MIN_OF_A_KIND || size - count < MIN_OF_A_KIND) return { ok: false, reason: "few" };
  const scene: Scene = { table, marked, factorials: logFactorials(size) };
  for (const { found, times } of bestOf(scene)) {
    const pValue = Math.exp(chanceOf(scene, table.check, found.holds)) * times;
    const condition = counted(scene, found, Math.min(1, pValue));
    if (pValue <= SIGNIFICANCE && isWorthSaying(condition)) return { ok: true, value: condition };
  }
  return { ok: false, reason: "none" };
}

interface Scene {
  readonly table: ConditionTable;
  readonly marked: Bits;
  readonly factorials: LogFactorials;
}

interface Found {
  readonly predicate: Predicate;
  readonly holds: Bits;
  /** Logarithm of its probability in the searched half. */
  readonly chance: number;
}

/** What the searched half proposes: at most two predicates, the better first; `times` is how many are checked. */
function bestOf(scene: Scene): readonly { readonly found: Found; readonly times: number }[] {
  const { candidates, search } = scene.table;
  const single = ({ atom, holds }: Candidate): Found => ({
    predicate: [atom],
    holds,
    chance: chanceOf(scene, search, holds),
  });
  // The sort is stable: of equally good ones the easiest to say stays first.
  const singles = candidates.map(single).toSorted((a, b) => a.chance - b.chance);
  const twos = twosOf(singles.slice(0, PAIRED)).map((two) => ({ ...two, chance: chanceOf(scene, search, two.holds) }));
  const tried = Math.log(candidates.length + twos.length);
  const proposed = (found: Found | undefined) =>
    found !== undefined && found.chance + tried <= Math.log(SIGNIFICANCE) ? [found] : [];
  const [one] = proposed(singles[0]);
  const [two] = proposed(twos.toSorted((a, b) => a.chance - b.chance)[0]);
  const better = two !== undefined && two.chance + WORTH_A_SECOND < (one?.chance ?? 0);
  const founds = better ? [two, ...(one === undefined ? [] : [one])] : one === undefined ? [] : [one];
  return founds.map((found) => ({ found, times: founds.length }));
}

function twosOf(singles: readonly Found[]): readonly Found[] {
  return singles.flatMap((one, n) =>
    singles.slice(n + 1).flatMap((other): readonly Found[] => {
      const holds = both(one.holds, other.holds);
      return [{ predicate: [...one.predicate, ...other.predicate], holds, chance: 0 }];
    }),
  );
}

/** How probable it is that blind chance puts so many failing pairs where it holds, as a logarithm. */
function chanceOf({ marked, factorials }: Scene, half: Bits, holds: Bits): number {
  const draw = {
    all: countOf(half),
    marked: countBoth(half, marked),
    drawn: countBoth(half, holds),
    both: countOf(both(both(half, marked), holds)),
  };
  return draw.both * draw.all <= draw.marked * draw.drawn ? 0 : logUpperTail(draw, factorials);
}

function counted({ table, marked }: Scene, { predicate, holds }: Found, pValue: number): Condition {
  const others = without(table.all, holds);
  return {
    predicate,
    matching: countOf(holds),
    matchingFailing: countBoth(holds, marked),
    others: countOf(others),
    othersFailing: countBoth(others, marked),
    pValue,
  };
}

function isWorthSaying({ matching, matchingFailing, others, othersFailing }: Condition): boolean {
  const explained = matchingFailing / (matchingFailing + othersFailing);
  return (
    explained >= MIN_EXPLAINED && matchingFailing / matching >= (MIN_TIMES_MORE * othersFailing) / Math.max(1, others)
  );
}
