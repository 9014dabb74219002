/**
 * The rules on a change: each rule's checks -> hits -> violations with their level -> exceptions -> one outcome for each rule. Asks nobody
 * but `around`, decides nothing about exit codes.
 */
import { type ByFile, judgeByFile, runCheck } from "./by-file.ts";
import type { Change } from "./change.ts";
import type { Surroundings } from "./check.ts";
import { type ExceptionOutcome, exceptionFor, exceptionOutcomes, expiredViolations } from "./exceptions.ts";
import type { CheckConfig, CheckKind, GovernanceFile, Rule } from "./rules.ts";
import type { Hit, NotJudgedBecause, RuleOutcome, Violation } from "./violation.ts";

export interface Judgement {
  /** In the order of the rules; those that an exception covers are among them, and say so. */
  readonly violations: readonly Violation[];
  /** One for each rule, in the file's order. */
  readonly outcomes: readonly RuleOutcome[];
  readonly exceptions: readonly ExceptionOutcome[];
}

/** Everything that the rules say. Rejects only where a check has a bug. */
export async function judge(change: Change, file: GovernanceFile, around: Surroundings): Promise<Judgement> {
  const byFile = await judgeByFile(change, file, around);
  const judged: JudgedRule[] = [];
  for (const rule of file.rules) judged.push(await judgeRule(rule, { change, file, around, byFile }));
  const found = judged.flatMap(({ violations }) => violations);
  const exceptions = exceptionOutcomes(file, found, around);
  return {
    violations: [...found, ...expiredViolations(file, exceptions, around.loosened?.path ?? null)],
    outcomes: judged.map(({ outcome }) => outcome),
    exceptions,
  };
}

/** Whether it fails the run. */
export function blocks({ enforcement, exception }: Violation): boolean {
  return enforcement === "CI_BLOCK" && exception === null;
}

/** The file with these rules alone, and their exceptions. */
export function onlyRules(file: GovernanceFile, ids: readonly string[]): GovernanceFile {
  const kept = new Set(ids);
  return {
    ...file,
    rules: file.rules.filter(({ id }) => kept.has(String(id))),
    exceptions: file.exceptions.filter(({ rule }) => kept.has(String(rule))),
  };
}

interface Matter {
  readonly change: Change;
  readonly file: GovernanceFile;
  readonly around: Surroundings;
  /** What was found file by file already. */
  readonly byFile: ByFile;
}

interface JudgedRule {
  readonly violations: readonly Violation[];
  readonly outcome: RuleOutcome;
}

interface NotJudged {
  readonly check: CheckKind;
  readonly reason: string;
  readonly because: NotJudgedBecause | null;
}

async function judgeRule(rule: Rule, matter: Matter): Promise<JudgedRule> {
  const { change, file, around, byFile } = matter;
  const violations: Violation[] = [];
  const add = (check: CheckConfig, hits: readonly Hit[]): void => {
    for (const hit of hits) violations.push(violationOf(hit, { rule, check, file, around }));
  };
  for (const { check, hits } of byFile.unread.get(rule) ?? []) add(check, hits);
  const notJudged: NotJudged[] = [];
  for (const check of rule.checks) {
    const input = { check, rule, file, change, files: byFile.inScope.get(rule) ?? [], around };
    const result = byFile.results.get(check) ?? (await runCheck(check.kind, input));
    if ("notJudged" in result)
      notJudged.push({ check: check.kind, reason: result.notJudged, because: result.because ?? null });
    else add(check, result);
  }
  return { violations, outcome: outcomeOf(rule, violations, notJudged) };
}

function violationOf(
  hit: Hit,
  { rule, check, file, around }: Pick<Matter, "file" | "around"> & { readonly rule: Rule; readonly check: CheckConfig },
): Violation {
  const ruleId = String(rule.id);
  const exception = exceptionFor(file, { ...hit, ruleId }, around);
  return {
    ...hit,
    ruleId,
    title: rule.title,
    category: rule.category,
    level: hit.onlyWarns ? "WARNING" : rule.severity,
    enforcement: hit.onlyWarns ? "WARN" : rule.enforcement,
    check: check.kind,
    owner: rule.owner ?? null,
    exception: exception === null ? null : { reason: exception.reason, expires: exception.expires },
  };
}

/** A rule of which a part was not judged has not passed; a hit is a hit all the same. */
function outcomeOf(rule: Rule, violations: readonly Violation[], notJudged: readonly NotJudged[]): RuleOutcome {
  const counting = violations.filter(({ exception }) => exception === null);
  const reasons = notJudged.map(({ check, reason }) => (rule.checks.length === 1 ? reason : `${check}: ${reason}`));
  const because = new Set(notJudged.map((each) => each.because));
  return {
    ruleId: String(rule.id),
    title: rule.title,
    state: stateOf(counting, notJudged.length > 0),
    reason: reasons.length === 0 ? null : reasons.join("; "),
    because: because.has("unreachable") ? "unreachable" : because.has("no-results") ? "no-results" : null,
  };
}

function stateOf(counting: readonly Violation[], isPartial: boolean): RuleOutcome["state"] {
  if (counting.some(blocks)) return "failed";
  if (counting.length > 0) return "warned";
  return isPartial ? "not-judged" : "passed";
}
