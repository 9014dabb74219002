/** What a check is: one function per kind, pure. `checks/` has one file for each kind and the table of them. */
import type { Change, ChangedFile } from "./change.ts";
import type { CheckKind, CheckOf, GovernanceFile, Rule } from "./rules.ts";
import type { SourceFacts } from "./source.ts";
import type { Hit, Loosening, NotJudgedBecause } from "./violation.ts";

/** A secret that a detector found; its value goes nowhere. */
export interface FoundSecret {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What it looks like: `AWS access key id`. */
  readonly what: string;
}

/** What needs more than the text of files: each is asked only by the checks that need it. */
export interface Surroundings {
  /** Null where the file is in no language that is parsed. Kept by whoever parses: asking twice costs nothing. */
  readonly facts: (file: ChangedFile) => SourceFacts | null;
  readonly secrets: (files: readonly ChangedFile[]) => Promise<readonly FoundSecret[]>;
  /** Text of a tracked file at the head, whether or not it changed; null where there is none. */
  readonly read: (path: string, at?: "head" | "base") => string | null;
  /** Text of a file on this machine that git need not know: results of a probe. Null where there is none. */
  readonly readResult: (path: string) => string | null;
  /** Whether a path fits any of these globs; those with ! take out. */
  readonly fits: (path: string, globs: readonly string[]) => boolean;
  /** Owners of a path by CODEOWNERS of the head or the base (the last pattern that fits decides); null where there is no such file. */
  readonly owners: (path: string, at?: "head" | "base") => readonly string[] | null;
  /** Who approved, as the configured source says; null where it could not be asked, with the reason in words. */
  readonly approvals: (source: "commits" | "github") => Promise<readonly string[] | { readonly unknown: string }>;
  /** Whether a text matches a pattern in RE2 syntax; null where that is no pattern. */
  readonly matches: (pattern: string, text: string) => boolean | null;
  /** What the head's rules allow that the base's did not; null where the base has no rules. */
  readonly loosened: { readonly path: string; readonly loosenings: readonly Loosening[] } | null;
  /** Told now and then how many files were looked at so far, of how many. */
  readonly looked?: (files: number, of: number) => void;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** One check's settings, with all it may look at. */
export interface CheckInput<K extends CheckKind> {
  readonly check: CheckOf<K>;
  readonly rule: Rule;
  readonly file: GovernanceFile;
  readonly change: Change;
  /** Files of the change in the rule's scope that still exist. */
  readonly files: readonly ChangedFile[];
  readonly around: Surroundings;
}

/** Hits, or why this check could not judge: never an empty list for what was not looked at. */
export type CheckResult =
  | readonly Hit[]
  | {
      readonly notJudged: string;
      /** `unreachable` fails a run whose rule blocks; `no-results` only where results are required. Without it nothing was amiss. */
      readonly because?: NotJudgedBecause;
    };

export type Check<K extends CheckKind> = (input: CheckInput<K>) => CheckResult | Promise<CheckResult>;
