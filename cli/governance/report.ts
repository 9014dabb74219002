/** What a run found, as every format shows it, and the exit code that follows from it. */
import type { AlexGap } from "../../core/governance/alex.ts";
import type { ExceptionOutcome } from "../../core/governance/exceptions.ts";
import { blocks } from "../../core/governance/judge.ts";
import type { GovernanceFile, Rule } from "../../core/governance/rules.ts";
import type { RuleOutcome, Violation } from "../../core/governance/violation.ts";
import { EXIT } from "../exit.ts";

export interface Report {
  readonly scope: "change" | "all" | "staged";
  /** What was judged, in words: `12 files in 3 commits, from origin/main (1a2b3c4) to 5d6e7f8`. */
  readonly subject: string;
  readonly base: string | null;
  readonly head: string | null;
  readonly rulesPath: string;
  readonly rules: readonly Rule[];
  readonly outcomes: readonly RuleOutcome[];
  readonly violations: readonly Violation[];
  readonly exceptions: readonly ExceptionOutcome[];
  /** What else has to be known: files that were not read, rules that were not understood, which rules judged. */
  readonly notes: readonly string[];
  readonly exitCode: number;
}

/** Violations that no exception covers. */
export function counting({ violations }: Pick<Report, "violations">): readonly Violation[] {
  return violations.filter(({ exception }) => exception === null);
}

/** 1 where a rule that blocks is broken; 3 where one could not be judged because something failed; 0 otherwise. */
export function exitCodeOf(
  found: Pick<Report, "violations" | "outcomes">,
  { rules }: GovernanceFile,
  requiresResults: boolean,
): number {
  if (found.violations.some(blocks)) return EXIT.failed;
  const blocking = new Set(rules.filter(({ enforcement }) => enforcement === "CI_BLOCK").map(({ id }) => String(id)));
  const isUndecided = found.outcomes.some(
    ({ ruleId, because }) =>
      blocking.has(ruleId) && (because === "unreachable" || (because === "no-results" && requiresResults)),
  );
  return isUndecided ? EXIT.undecided : EXIT.passed;
}

/** Rules, and sentences of rules, of the other format that no check of ours does. */
export function gapWords({ ruleId, sentence }: AlexGap): string {
  return sentence === null
    ? `rule ${ruleId}: not judged: no check of ours fits`
    : `rule ${ruleId}: "${sentence}" is not judged: no check of ours fits`;
}
