/**
 * Groups findings by signature while pairs go by: counts, and the smallest and most varied examples. Bounded however long
 * the input is, and the same in whatever order pairs come.
 */
import type { Finding } from "../../core/compare/finding.ts";
import { hashText } from "../../core/compare/hash.ts";
import { rank, type Severity } from "../../core/verdict/severity.ts";
import { createKept, type Kept } from "./kept.ts";
import type { SlowRoute } from "./latencies.ts";
import { createOccasions, type Occasion, type Occasions } from "./occasions.ts";
import type { Seen } from "./run.ts";

/** Signatures that are kept, the worst first; more than anyone reads, and some 10 MB with their examples. */
export const MAX_DRIFTS = 2_000;
/** Examples of a drift. */
export const MAX_EXAMPLES = 3;
/** Different reasons of noise that are counted for a drift. */
const MAX_NOISE_REASONS = 5;
/** Characters of a reason or a path that are kept: they tell of values, which may be long. */
const MAX_CHARS = 400;
/** Digits of a size, so that sizes sort as text. */
const SIZE_DIGITS = 12;

/** One pair that shows a drift. */
export interface Example {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Where in the answer, and what stands there on either side, in JSON notation. Null for findings on whole answers. */
  readonly at: string;
  readonly reference: string | null;
  readonly shadow: string | null;
  readonly reason: string;
}

/** All findings of one signature. */
export interface Drift {
  readonly signature: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly route: string;
  readonly pattern: string;
  /** One sentence, of its smallest example. */
  readonly reason: string;
  /** Pairs in which it counts. */
  readonly pairs: number;
  /** Pairs in which it was noise, and why. */
  readonly noise: { readonly pairs: number; readonly reasons: readonly string[] };
  readonly examples: readonly Example[];
  /** When it breaks, and how to see it. */
  readonly occasion: Occasion;
}

interface Group {
  readonly finding: Pick<Finding, "signature" | "rule" | "severity" | "pattern">;
  readonly route: string;
  counted: number;
  suppressed: number;
  readonly reasons: Kept<string>;
  readonly counting: Kept<Candidate>;
  readonly suppressedExamples: Kept<Candidate>;
}

/** An example with its place among others: smaller pairs first. */
interface Candidate {
  readonly example: Example;
  readonly order: string;
}

export interface Gathering {
  readonly add: (seen: Seen) => void;
  /** Worst first, then the most frequent; noise last. */
  readonly drifts: () => readonly Drift[];
  /** Whether there were more signatures than are kept. */
  readonly cut: () => boolean;
}

export function createGathering(): Gathering {
  const groups = createKept<Group>(MAX_DRIFTS);
  const occasions = createOccasions();
  return {
    add: (seen) => {
      for (const finding of seen.judged.findings) addFinding(groups, finding, seen);
      occasions.add(seen);
    },
    drifts: () =>
      groups
        .values()
        .toSorted(byRoute)
        .map((group) => driftOf(group, occasions))
        .toSorted(byWeight),
    cut: () => groups.leftOut() > 0,
  };
}

function addFinding(groups: Kept<Group>, finding: Finding, seen: Seen): void {
  const { signature, noise } = finding;
  const group = groups.get(signature) ?? groupOf(finding, seen.judged.route);
  if (!groups.set(signature, `${9 - rank(group.finding.severity)} ${signature}`, group)) return;
  const reason = noise?.reason.slice(0, MAX_CHARS);
  if (reason === undefined) group.counted++;
  else {
    group.suppressed++;
    if (group.reasons.get(reason) === undefined && group.reasons.fits(reason)) {
      const kept = detached(reason);
      group.reasons.set(kept, kept, kept);
    }
  }
  keepSmaller(noise === null ? group.counting : group.suppressedExamples, candidateOf(finding, seen));
}

function groupOf({ signature, rule, severity, pattern }: Finding, route: string): Group {
  return {
    ...detached({ finding: { signature, rule, severity, pattern }, route }),
    counted: 0,
    suppressed: 0,
    reasons: createKept(MAX_NOISE_REASONS),
    counting: createKept(MAX_EXAMPLES),
    suppressedExamples: createKept(1),
  };
}

/** One example per look, the smallest that has it. */
function keepSmaller(examples: Kept<Candidate>, { example, order }: Candidate): void {
  const look = hashed(`${example.reference} ${example.shadow}`);
  const known = examples.get(look);
  if (known === undefined ? examples.fits(order) : order < known.order)
    examples.set(look, order, { example: detached(example), order });
}

function candidateOf(finding: Finding, seen: Seen): Candidate {
  const example = exampleOf(finding, seen);
  const { id, path, reason } = example;
  return { example, order: `${String(seen.size).padStart(SIZE_DIGITS, "0")} ${hashed(`${id}\n${path}\n${reason}`)}` };
}

function hashed(text: string): string {
  return hashText(text).toString(16).padStart(14, "0");
}

/** A copy that shares no text with what it was cut from: a slice of a string holds on to all of it. */
function detached<T extends object | string>(cut: T): T {
  return structuredClone(cut);
}

function exampleOf({ path, differences, reason }: Finding, { pair }: Seen): Example {
  const [first] = differences;
  return {
    id: pair.id.slice(0, MAX_CHARS),
    method: pair.request.method,
    path: pair.request.path.slice(0, MAX_CHARS),
    at: path.slice(0, MAX_CHARS),
    reference: first?.reference?.slice(0, MAX_CHARS) ?? null,
    shadow: first?.shadow?.slice(0, MAX_CHARS) ?? null,
    reason: reason.slice(0, MAX_CHARS),
  };
}

function driftOf(group: Group, occasions: Occasions): Drift {
  const { finding, route, counted, suppressed, reasons, counting, suppressedExamples } = group;
  const examples = (counted > 0 ? counting : suppressedExamples).values().map(({ example }) => example);
  return {
    ...finding,
    route,
    reason: examples[0]?.reason ?? "",
    pairs: counted,
    noise: { pairs: suppressed, reasons: reasons.values() },
    examples,
    occasion: counted > 0 ? occasions.of({ route, signature: finding.signature }) : NO_OCCASION,
  };
}

/** A route's occasions are looked into at one go. */
function byRoute(a: Group, b: Group): number {
  return a.route === b.route ? 0 : a.route < b.route ? -1 : 1;
}

const NO_OCCASION: Occasion = { condition: null, noCondition: null, curl: null };

/** A route that became slower, as a drift beside the others. */
export function slowDrift({ route, pairs, signature, rule, severity, reason }: SlowRoute): Drift {
  const noise = { pairs: 0, reasons: [] };
  return {
    signature,
    rule,
    severity,
    route,
    pattern: "latency",
    reason,
    pairs,
    noise,
    examples: [],
    occasion: NO_OCCASION,
  };
}

export function byWeight(a: Drift, b: Drift): number {
  return (
    Number(a.pairs === 0) - Number(b.pairs === 0) ||
    rank(b.severity) - rank(a.severity) ||
    b.pairs - a.pairs ||
    b.noise.pairs - a.noise.pairs ||
    (a.signature < b.signature ? -1 : 1)
  );
}
