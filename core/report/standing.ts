/**
 * Where a pair or a drift stands now: what its rules said, with the decisions of models and people applied.
 * Rows keep only what rules said, so this runs on every read and an approval changes one row, not thousands.
 */
import { clamp, type Decider, rank, type Severity, type Verdict } from "../verdict/severity.ts";

/** What a model or a person said of a signature. */
export interface Decision {
  readonly verdict: Severity;
  readonly decidedBy: "model" | "person";
  readonly modelVersion: string | null;
  readonly reasoning: string;
}

/** One finding that counts: signature, severity, floor and ceiling, as the column `verdicts.signatures` holds it. */
export type SignatureEntry = readonly [signature: string, severity: Severity, floor: Severity, ceiling: Severity];

/** What is known of one repository's signatures beyond its rules. */
export interface Decisions {
  readonly decided: ReadonlyMap<string, Decision>;
  /** A model was asked and has not answered yet. */
  readonly open: ReadonlySet<string>;
}

export const NO_DECISIONS: Decisions = { decided: new Map(), open: new Set() };

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
 * Where the pairs of a group stand. A pair stored as Undecided (a dead letter, a stage that failed) stays at least that:
 * no decision about a finding makes up for a comparison that did not happen.
 */
export function standingOf(group: VerdictGroup, decisions: Decisions): Standing {
  const entries = entriesOf(group.signatures);
  const stored: Standing = { verdict: group.verdict, decidedBy: "rule", signature: null };
  if (entries.length === 0) return stored;
  const start: Standing = {
    verdict: group.verdict === "Undecided" ? "Undecided" : "Safe",
    decidedBy: "rule",
    signature: null,
  };
  return entries.map((entry) => entryStanding(entry, decisions)).reduce(worse, start);
}

/** Where one finding stands. An open question leaves an ambiguous finding Undecided unless rules proved it Critical. */
export function entryStanding(entry: SignatureEntry, decisions: Decisions): Standing {
  const [signature, severity, floor, ceiling] = entry;
  if (decisions.open.has(signature) && floor !== ceiling && severity !== "Critical")
    return { verdict: "Undecided", decidedBy: "rule", signature };
  const decision = decisions.decided.get(signature);
  if (decision === undefined) return { verdict: severity, decidedBy: "rule", signature };
  const verdict = decision.decidedBy === "person" ? decision.verdict : clamp(decision.verdict, floor, ceiling);
  return { verdict, decidedBy: decision.decidedBy, signature };
}

function worse(a: Standing, b: Standing): Standing {
  if (a.signature === null && rank(b.verdict) === rank(a.verdict) && a.verdict === "Safe") return b;
  return rank(b.verdict) > rank(a.verdict) ? b : a;
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
