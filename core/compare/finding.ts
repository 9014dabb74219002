/** A finding: a rule's opinion on differences, with evidence and with how far a model may move it. */
import type { NoiseKind } from "../noise/kind.ts";
import type { Severity } from "../verdict/severity.ts";
import type { Difference } from "./difference.ts";

export interface Finding {
  /** Permanent kebab-case id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** The lowest severity a model or later evidence may give. Equal to `severity` where the rule proved it. */
  readonly floor: Severity;
  /** The highest severity a model may give. */
  readonly ceiling: Severity;
  readonly path: string;
  readonly pattern: string;
  /** Groups drift; see `signature.ts`. Never made of values. */
  readonly signature: string;
  /** One sentence for people. */
  readonly reason: string;
  /** The facts behind it; empty for findings on a whole pair, such as a shadow that never answered. */
  readonly differences: readonly Difference[];
  /** Why this is noise and does not count, or null. Noise is kept and counted, never dropped. */
  readonly noise: null | { readonly reason: string; readonly by?: NoiseKind };
}

/** A finding that a model may still move: its floor lies below its ceiling and it is not noise. */
export function isAmbiguous(finding: Finding): boolean {
  return finding.noise === null && finding.floor !== finding.ceiling;
}
