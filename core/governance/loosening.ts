/**
 * What a file of rules allows that another did not. Where it cannot be said which of two settings is stricter, any change counts as looser:
 * somebody then has to approve it, which costs less than a gate that opens by itself.
 */
import { budgetsOf } from "./checks/performance-budget.ts";
import { type Direction, directionOf } from "./directions.ts";
import type { CheckConfig, GovernanceFile, Rule, RuleException } from "./rules.ts";
import type { Loosening } from "./violation.ts";

/** Everything that `head` allows and `base` did not; a head of null has no rules at all. */
export function looseningsOf(base: GovernanceFile, head: GovernanceFile | null): readonly Loosening[] {
  if (head === null) return [{ ruleId: null, words: "the file of rules is gone" }];
  return [
    ...base.rules.flatMap((rule) => ruleLoosenings(rule, ruleOf(head, rule.id))),
    ...approvalLoosenings(base, head),
    ...newExceptions(base, head).map(exceptionLoosening),
  ];
}

/** The rule of this id; null where there is none. `12` and `"12"` are the same. */
export function ruleOf({ rules }: GovernanceFile, id: number | string): Rule | null {
  return rules.find((rule) => String(rule.id) === String(id)) ?? null;
}

/** Exceptions of rules that block that the base had not, or not for so long. Those of rules that only warn count at once: they are listed each time. */
export function newExceptions(base: GovernanceFile, head: GovernanceFile): readonly RuleException[] {
  const isBlocking = (id: number | string) => [base, head].some((file) => ruleOf(file, id)?.enforcement === "CI_BLOCK");
  const had = (each: RuleException) =>
    base.exceptions.some(
      ({ rule, path, subject, expires }) =>
        String(rule) === String(each.rule) &&
        path === each.path &&
        (subject === undefined || subject === each.subject) &&
        expires >= each.expires,
    );
  return head.exceptions.filter((each) => isBlocking(each.rule) && !had(each));
}

function exceptionLoosening({ rule, path, subject, expires }: RuleException): Loosening {
  const what = subject === undefined ? path : `${subject} in ${path}`;
  return { ruleId: String(rule), words: `rule ${rule}: a new exception for ${what} until ${expires}` };
}

function ruleLoosenings(base: Rule, head: Rule | null): readonly Loosening[] {
  const words =
    head === null
      ? ["it is gone"]
      : [
          ...(base.enforcement === "CI_BLOCK" && head.enforcement === "WARN" ? ["it only warns now"] : []),
          ...(LEVELS.indexOf(head.severity) > LEVELS.indexOf(base.severity)
            ? [`its level was ${base.severity} and is ${head.severity}`]
            : []),
          ...settingWords("scope", { base: base.scope, head: head.scope, direction: "more" }),
          ...budgetWords(base, head),
          ...checkWords(base, head),
        ];
  return words.map((each) => ({ ruleId: String(base.id), words: `rule ${base.id}: ${each}` }));
}

const LEVELS = ["CRITICAL", "ERROR", "WARNING"];

function budgetWords(base: Rule, head: Rule): readonly string[] {
  const now: Readonly<Record<string, number | undefined>> = { ...budgetsOf(head) };
  return Object.entries(budgetsOf(base)).flatMap(([name, was]) => {
    const is = now[name];
    if (is === undefined) return [`the budget ${name} is gone`];
    return is > was ? [`the budget ${name} was ${was} and is ${is}`] : [];
  });
}

/** The nth check of a kind is held against the nth of that kind. */
function checkWords(base: Rule, head: Rule): readonly string[] {
  const left = [...head.checks];
  return base.checks.flatMap((check) => {
    const at = left.findIndex(({ kind }) => kind === check.kind);
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (other === undefined) return [`its check ${check.kind} is gone`];
    return settingsOf(check, other).map((words) => `${check.kind}: ${words}`);
  });
}

function settingsOf(base: CheckConfig, head: CheckConfig): readonly string[] {
  const before: Readonly<Record<string, unknown>> = { ...base };
  const after: Readonly<Record<string, unknown>> = { ...head };
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    settingWords(key, { base: before[key], head: after[key], direction: directionOf(base.kind, key) }),
  );
}

interface Setting {
  readonly base: unknown;
  readonly head: unknown;
  readonly direction: Direction;
}

function settingWords(key: string, { base, head, direction }: Setting): readonly string[] {
  if (JSON.stringify(base) === JSON.stringify(head)) return [];
  if (Array.isArray(base) && Array.isArray(head) && direction !== "same")
    return listWords(key, { base: base.map(String), head: head.map(String), direction });
  if (typeof base === "number" && typeof head === "number" && direction === "fewer" && head <= base) return [];
  if (typeof base === "boolean" && direction === "fewer" && head === false) return [];
  if (key === "approvals" && base === "none") return [];
  return [`${key} was ${said(base)} and is ${said(head)}`];
}

/** `more` means that more entries are stricter. An entry with ! takes out, so it is the other way round. */
function listWords(
  key: string,
  {
    base,
    head,
    direction,
  }: { readonly base: readonly string[]; readonly head: readonly string[]; readonly direction: Direction },
): readonly string[] {
  const [was, is] = [inFull(base), inFull(head)];
  const gone = was.filter((each) => !is.includes(each));
  const fresh = is.filter((each) => !was.includes(each));
  const takesOut = (each: string) => each.startsWith("!");
  const isMore = direction === "more";
  const dropped = gone.filter((each) => takesOut(each) !== isMore && !(isMore && is.includes("**")));
  const added = fresh.filter((each) => takesOut(each) === isMore);
  return [...dropped.map((each) => `${key} no longer has ${each}`), ...added.map((each) => `${key} has ${each} now`)];
}

/** Where every entry takes out, what they are taken out of is everything. */
function inFull(entries: readonly string[]): readonly string[] {
  return entries.length > 0 && entries.every((each) => each.startsWith("!")) ? ["**", ...entries] : entries;
}

function approvalLoosenings(
  { approval: base }: GovernanceFile,
  { approval: head }: GovernanceFile,
): readonly Loosening[] {
  const words = [
    ...(base.tag === head.tag ? [] : [`the approval tag was ${base.tag} and is ${head.tag}`]),
    ...base.required_lines
      .filter((line) => !head.required_lines.includes(line))
      .map((line) => `an approval no longer needs the line "${line}"`),
  ];
  return words.map((each) => ({ ruleId: null, words: each }));
}

function said(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value);
}
