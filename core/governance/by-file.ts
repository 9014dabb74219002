/**
 * The checks that look at each file for itself, some hundred files at a time: all of them ask for the texts and syntax trees of one slice, which can
 * then be forgotten. Apart, because rule after rule over a large change would read and parse everything once for each rule, or keep it all.
 */
import type { Change, ChangedFile } from "./change.ts";
import type { CheckInput, CheckResult, Surroundings } from "./check.ts";
import { CHECKS } from "./checks/table.ts";
import type { CheckConfig, CheckKind, GovernanceFile, Rule } from "./rules.ts";
import { READS_CODE, unreadHit } from "./unread.ts";
import type { Hit } from "./violation.ts";

/** Files of a slice. Whoever keeps syntax trees has to keep those of one slice, and of the files that they name. */
export const SLICE_FILES = 500;

const BY_FILE: ReadonlySet<CheckKind> = new Set([...READS_CODE, "secrets"]);

export interface ByFile {
  /** Files of the change in each rule's scope that still exist. */
  readonly inScope: ReadonlyMap<Rule, readonly ChangedFile[]>;
  readonly results: ReadonlyMap<CheckConfig, CheckResult>;
  /** Code that nobody could look into. */
  readonly unread: ReadonlyMap<Rule, readonly Unread[]>;
}

interface Unread {
  readonly check: CheckConfig;
  readonly hits: readonly Hit[];
}

export async function judgeByFile(change: Change, file: GovernanceFile, around: Surroundings): Promise<ByFile> {
  const inScope = new Map<Rule, ChangedFile[]>(file.rules.map((rule) => [rule, []]));
  const results = new Map<CheckConfig, CheckResult>();
  const unread = new Map<Rule, Unread[]>();
  // A check says of no files as well whether it can judge.
  for (let at = 0; at === 0 || at < change.files.length; at += SLICE_FILES) {
    const all = change.files.slice(at, at + SLICE_FILES).filter(({ status }) => status !== "deleted");
    for (const rule of file.rules) {
      const files = all.filter(({ path }) => around.fits(path, rule.scope));
      inScope.get(rule)?.push(...files);
      unread.set(rule, [...(unread.get(rule) ?? []), ...unreadIn(rule, files, change)]);
      for (const check of rule.checks.filter(({ kind }) => BY_FILE.has(kind)))
        results.set(
          check,
          both(results.get(check), await runCheck(check.kind, { check, rule, change, file, around, files })),
        );
    }
    around.looked?.(Math.min(at + SLICE_FILES, change.files.length), change.files.length);
  }
  return { inScope, results, unread };
}

function both(before: CheckResult | undefined, now: CheckResult): CheckResult {
  if (before === undefined || "notJudged" in now) return now;
  return "notJudged" in before || now.length === 0 ? before : [...before, ...now];
}

/** One check on what it is given. */
export async function runCheck<K extends CheckKind>(kind: K, input: CheckInput<K>): Promise<CheckResult> {
  const check = await CHECKS[kind]();
  return check(input);
}

/** Where all files are looked at, those that were there before are said in a note instead. */
function unreadIn(rule: Rule, files: readonly ChangedFile[], { scope }: Change): readonly Unread[] {
  const check = rule.checks.find(({ kind }) => READS_CODE.has(kind));
  if (check === undefined || scope === "all") return [];
  const hits = files.flatMap((each) => (each.status === "unchanged" ? null : unreadHit(each)) ?? []);
  return hits.length === 0 ? [] : [{ check, hits }];
}
