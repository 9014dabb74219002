/**
 * The verdict of a stored pair: what rules said, joined with what a model or a person said since. Stored rows hold only the
 * first, so one decision updates every pair that shows its signature.
 */
import type { Finding } from "../compare/finding.ts";
import { type Decision, decidedSeverity } from "./decision.ts";
import { deciderOf } from "./format.ts";
import { type Decider, type Severity, type Verdict, worst } from "./severity.ts";

/** `[signature, severity, floor, ceiling]`. */
export type SignatureEntry = readonly [string, Severity, Severity, Severity];

/** For rows with signatures; a row without any keeps the verdict it was stored with. */
export function effectiveVerdict(
  signatures: readonly SignatureEntry[],
  decisions: ReadonlyMap<string, Pick<Decision, "verdict" | "decidedBy">>,
): { readonly verdict: Verdict; readonly decidedBy: Decider } {
  const opinions = signatures.map(([signature, severity, floor, ceiling]) => {
    const decision = decisions.get(signature);
    if (decision === undefined) return { severity, decidedBy: "rule" as const };
    return { severity: decidedSeverity(decision, { floor, ceiling }), decidedBy: decision.decidedBy };
  });
  const verdict = worst(opinions.map(({ severity }) => severity));
  return { verdict, decidedBy: deciderOf(opinions, verdict) };
}

/** Sorted JSON of the findings that count: pairs with the same text have the same verdict. */
export function signatureKey(findings: readonly Finding[]): string {
  const entries = findings
    .filter(({ noise }) => noise === null)
    .map(({ signature, severity, floor, ceiling }): SignatureEntry => [signature, severity, floor, ceiling]);
  const unique = new Map(entries.map((entry) => [entry.join(), entry]));
  return JSON.stringify([...unique.values()].toSorted((a, b) => (a.join() < b.join() ? -1 : 1)));
}
