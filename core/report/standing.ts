/**
 * Where a pair or a drift stands now: what its rules said, with the decisions of models and people applied.
 * Rows keep only what rules said, so this runs on every read and an approval changes one row, not thousands.
 */
import type { Decision } from "../verdict/decision.ts";
import { effectiveVerdict, type SignatureEntry } from "../verdict/effective.ts";
import { DECIDERS, type Decider, type Verdict, worst } from "../verdict/severity.ts";

/** What is known of a deployment's signatures beyond what rules said when its pairs came. */
export interface Decisions {
  readonly decided: ReadonlyMap<string, Decision>;
  /** A model was asked and has not answered yet. */
  readonly open: ReadonlySet<string>;
  /** Nobody waits for a model any more: it gave no answer for a day, and the rule's verdict stands. */
  readonly unavailable: ReadonlySet<string>;
  /** A sentence on each of these two. */
  readonly notes: ReadonlyMap<string, string>;
  /** In this deployment noise after all, with the reason: see `core/noise/hindsight.ts`. */
  readonly explained: ReadonlyMap<string, string>;
}

export const NO_DECISIONS: Decisions = {
  decided: new Map(),
  open: new Set(),
  unavailable: new Set(),
  notes: new Map(),
  explained: new Map(),
};

export interface Standing {
  readonly verdict: Verdict;
  readonly decidedBy: Decider;
  /** The finding that makes the verdict; null when nothing counts. */
  readonly signature: string | null;
}

/** Pairs that share the same stored verdict and the same findings. */
export interface VerdictGroup {
  /** The column `verdicts.signatures`. */
  readonly signatures: string;
  /** The stored verdict: what rules said. */
  readonly verdict: Verdict;
}

/**
 * Where the pairs of a group stand. A pair stored as Undecided (a dead letter, a stage that failed, no sound reference)
 * stays that: no decision about a finding makes up for a comparison that did not happen.
 */
export function standingOf(group: VerdictGroup, decisions: Decisions): Standing {
  const entries = entriesOf(group.signatures);
  if (group.verdict === "Undecided" || entries.length === 0)
    return { verdict: group.verdict, decidedBy: "rule", signature: null };
  const standings = entries.map((entry) => entryStanding(entry, decisions));
  const verdict = worst(standings.map((standing) => standing.verdict));
  const equallyBad = standings.filter((standing) => standing.verdict === verdict);
  return equallyBad.reduce((a, b) => (DECIDERS.indexOf(b.decidedBy) > DECIDERS.indexOf(a.decidedBy) ? b : a));
}

/** Where one finding stands. An open question leaves an ambiguous finding Undecided, unless its rule calls it Critical. */
export function entryStanding(entry: SignatureEntry, decisions: Decisions): Standing & { readonly signature: string } {
  const [signature, severity, floor, ceiling] = entry;
  if (explanationOf(signature, decisions) !== null) return { verdict: "Safe", decidedBy: "rule", signature };
  if (decisions.open.has(signature) && floor !== ceiling && severity !== "Critical")
    return { verdict: worst(["Undecided", floor]), decidedBy: "rule", signature };
  return { ...effectiveVerdict([entry], decisions.decided), signature };
}

/** Why a signature is noise in hindsight, or null. What a person said of it goes before. */
export function explanationOf(signature: string, { explained, decided }: Decisions): string | null {
  return decided.get(signature)?.decidedBy === "person" ? null : (explained.get(signature) ?? null);
}

/** Reads the column `verdicts.signatures`; text that is none of ours counts as no findings. */
export function entriesOf(signatures: string): readonly SignatureEntry[] {
  try {
    const read: unknown = JSON.parse(signatures);
    return Array.isArray(read) ? read.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is SignatureEntry {
  return Array.isArray(value) && value.length === 4 && value.every((part) => typeof part === "string");
}
