/** What a model or a person said of a signature, and how far it may move a finding. */
import type { Finding } from "../compare/finding.ts";
import { clamp, type Severity } from "./severity.ts";

export interface Decision {
  readonly verdict: Severity;
  readonly decidedBy: "model" | "person";
  readonly modelVersion: string | null;
  readonly reasoning: string;
}

/** A model stays inside the range the rule left open; a person may say anything. */
export function decidedSeverity(
  { verdict, decidedBy }: Pick<Decision, "verdict" | "decidedBy">,
  { floor, ceiling }: Pick<Finding, "floor" | "ceiling">,
): Severity {
  return decidedBy === "person" ? verdict : clamp(verdict, floor, ceiling);
}
