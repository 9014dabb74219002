/** What all forms of output are made of: the results, and what the file of results does not hold. */
import type { FailureCount } from "../../core/probe/failure-counts.ts";
import type { ProbeResults } from "../../core/wire/api/probes.ts";
import { EXIT } from "../exit.ts";
import type { Plan } from "./plan.ts";

export interface ProbeReport {
  readonly results: ProbeResults;
  readonly plan: Plan;
  /** By the endpoint's name in the results: the most frequent failures in words, each once, with how often it was seen. */
  readonly failureCounts: Readonly<Record<string, readonly FailureCount[]>>;
  readonly verdict: Verdict;
}

/** `unreachable` with the one sentence that says what to do. */
export type Verdict =
  | { readonly kind: "passed" | "failed" | "interrupted" }
  | { readonly kind: "unreachable"; readonly sentence: string };

const CODES: Readonly<Record<Verdict["kind"], number>> = {
  passed: EXIT.passed,
  failed: EXIT.failed,
  interrupted: EXIT.interrupted,
  unreachable: EXIT.undecided,
};

export function exitCodeOf({ kind }: Verdict): number {
  return CODES[kind];
}
