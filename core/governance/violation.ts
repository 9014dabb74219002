/** What governance found. Rule levels are not verdicts: verdicts judge answers of a shadow, levels say how grave a broken rule is. */

export const RULE_LEVELS = ["CRITICAL", "ERROR", "WARNING"] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

export const ENFORCEMENTS = ["CI_BLOCK", "WARN"] as const;
export type Enforcement = (typeof ENFORCEMENTS)[number];

/** What a check found, before its rule gives it a level. */
export interface Hit {
  /** What is wrong, in one sentence without a level: `imports torch in a request path`. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** Null for what belongs to no file: a commit's message, the size of the whole change. */
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The value that decides whether an exception covers it, where the path alone does not: a module, an algorithm, a commit. Never a secret. */
  readonly subject: string | null;
  /** True where this hit only ever warns, whatever its rule's enforcement (a bare load call, a file that cannot be parsed). */
  readonly onlyWarns: boolean;
}

/** A hit with its rule. */
export interface Violation extends Hit {
  readonly ruleId: string;
  readonly title: string;
  readonly category: string;
  readonly level: RuleLevel;
  /** `CI_BLOCK` fails the run. */
  readonly enforcement: Enforcement;
  readonly check: string;
  readonly owner: string | null;
  /** Why it does not count: the exception that covers it, listed each time; null where none does. */
  readonly exception: { readonly reason: string; readonly expires: string } | null;
}

/** One rule's outcome. A rule that could not be judged never counts as passed without saying so. */
export interface RuleOutcome {
  readonly ruleId: string;
  readonly title: string;
  readonly state: "passed" | "failed" | "warned" | "not-judged";
  /** Why it was not judged, in words: `there is no base to compare with`. */
  readonly reason: string | null;
  /** Set where something that was needed could not be had; null where nothing was amiss. */
  readonly because: NotJudgedBecause | null;
}

/** Something that was needed could not be asked or read, or no probe has run yet. */
export type NotJudgedBecause = "unreachable" | "no-results";

/** One thing that the rules of the head allow and those of the base did not. */
export interface Loosening {
  /** Null where it is no rule's: the approval tag. */
  readonly ruleId: string | null;
  /** `rule 12: p95_ms was 75 and is 90`. */
  readonly words: string;
}
