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

/** Which of a table's pairs count, by id: those that show the drift, and those that are looked at at all. */
export interface Parting {
  readonly failing: ReadonlySet<string>;
  /** Where the table holds more than the pairs of this drift; all of them by default. */
  readonly among?: ReadonlySet<string>;
}

/** Of those looked at, the pairs that do not fail pass. */
export function conditionOf(table: ConditionTable, { failing, among }: Parting): ConditionResult {
  const size = table.ids.length;
  const members = (ids: ReadonlySet<string>) =>
    bitsOf(
      size,
      [...table.ids.keys()].filter((n) => ids.has(table.ids[n] ?? "")),
    );
  const all = among === undefined ? table.all : members(among);
  const [pairs, marked] = [countOf(all), both(members(failing), all)];
  const count = countOf(marked);
  if (count > 0 && count >= pairs * ALWAYS_SHARE) return { ok: false, reason: "always" };
  if (count < MIN_OF_A_KIND || pairs - count < MIN_OF_A_KIND) return { ok: false, reason: "few" };
  const factorials = logFactorials(pairs);
  const half = (bits: Bits): Half => ({ all: both(bits, all), marked: both(bits, marked), factorials });
  const check = half(table.check);
  for (const { found, times } of bestOf(table.candidates, half(table.search))) {
    const pValue = Math.exp(chanceIn(check)(found.holds)) * times;
    const condition = counted({ all, marked }, found, Math.min(1, pValue));
    if (pValue <= SIGNIFICANCE && isWorthSaying(condition)) return { ok: true, value: condition };
  }
  return { ok: false, reason: "none" };
}

/** The pairs of one half, and of these the failing ones. */
interface Half {
  readonly all: Bits;
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
function bestOf(
  candidates: readonly Candidate[],
  search: Half,
): readonly { readonly found: Found; readonly times: number }[] {
  const chance = chanceIn(search);
  // The sort is stable: of equally good ones the easiest to say stays first.
  const singles = candidates
    .map(({ atom, holds }): Found => ({ predicate: [atom], holds, chance: chance(holds) }))
    .toSorted((a, b) => a.chance - b.chance);
  const twos = twosOf(singles.slice(0, PAIRED)).map((two): Found => ({ ...two, chance: chance(two.holds) }));
  const highest = Math.log(SIGNIFICANCE) - Math.log(candidates.length + twos.length);
  const one = singles.find((found) => found.chance <= highest);
  const [two] = twos.filter((found) => found.chance <= highest).toSorted((a, b) => a.chance - b.chance);
  const better = two !== undefined && two.chance + WORTH_A_SECOND < (one?.chance ?? 0);
  const founds = [better ? two : undefined, one].filter((found) => found !== undefined);
  return founds.map((found) => ({ found, times: founds.length }));
}

function twosOf(singles: readonly Found[]): readonly Omit<Found, "chance">[] {
  return singles.flatMap((one, n) =>
    singles.slice(n + 1).map((other) => ({
      predicate: [...one.predicate, ...other.predicate],
      holds: both(one.holds, other.holds),
    })),
  );
}

/** How probable it is that blind chance puts so many failing pairs of a half where a predicate holds, as a logarithm. */
function chanceIn({ all, marked, factorials }: Half): (holds: Bits) => number {
  const pairs = { all: countOf(all), marked: countOf(marked) };
  return (holds) => {
    const draw = { ...pairs, drawn: countBoth(all, holds), both: countBoth(marked, holds) };
    return draw.both * draw.all <= draw.marked * draw.drawn ? 0 : logUpperTail(draw, factorials);
  };
}

function counted(
  { all, marked }: Pick<Half, "all" | "marked">,
  { predicate, holds }: Found,
  pValue: number,
): Condition {
  const others = without(all, holds);
  return {
    predicate,
    matching: countBoth(all, holds),
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
