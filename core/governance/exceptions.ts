/** What silences a hit, until when, and what is said of each exception every time. */
import type { Surroundings } from "./check.ts";
import type { GovernanceFile, RuleException } from "./rules.ts";
import type { Hit, Violation } from "./violation.ts";

/** `used` covers something here, `unused` nothing, `expired` no longer may, `no-such-rule` never could. */
export interface ExceptionOutcome {
  readonly exception: RuleException;
  readonly state: "used" | "unused" | "expired" | "no-such-rule";
  /** How many violations it covers; of an expired one, how many it would. */
  readonly covers: number;
}

type Fits = Surroundings["fits"];

/** The exception that covers a hit of this rule on this day; null where none does. The day it expires is the last that it holds. */
export function exceptionFor(
  file: GovernanceFile,
  hit: Hit & { readonly ruleId: string },
  { fits, today }: Pick<Surroundings, "fits" | "today">,
): RuleException | null {
  return file.exceptions.find((each) => each.expires >= today && covers(each, hit, fits)) ?? null;
}

/** All of them, in the file's order. */
export function exceptionOutcomes(
  file: GovernanceFile,
  violations: readonly Violation[],
  { fits, today }: Pick<Surroundings, "fits" | "today">,
): readonly ExceptionOutcome[] {
  const rules = new Set(file.rules.map(({ id }) => String(id)));
  return file.exceptions.map((exception) => {
    const count = violations.filter((each) => covers(exception, each, fits)).length;
    return { exception, state: stateOf(exception, count, { rules, today }), covers: count };
  });
}

/** An expired exception is itself something to put right. */
export function expiredViolations(
  file: GovernanceFile,
  outcomes: readonly ExceptionOutcome[],
  path: string | null,
): readonly Violation[] {
  return outcomes.flatMap(({ exception, state }) => {
    if (state !== "expired" && state !== "no-such-rule") return [];
    const rule = file.rules.find(({ id }) => String(id) === String(exception.rule));
    const what = `an exception of rule ${exception.rule} for ${exception.path}`;
    const expired = state === "expired";
    return {
      message: expired ? `${what} expired on ${exception.expires}` : `${what} names a rule that there is not`,
      hint: expired
        ? "Remove it, or renew it with a reason that still holds."
        : "Remove it, or write the id of a rule of the file.",
      path,
      line: null,
      column: null,
      subject: exception.path,
      onlyWarns: true,
      ruleId: String(exception.rule),
      title: rule?.title ?? "Exceptions",
      category: rule?.category ?? "QUALITY",
      level: "WARNING",
      enforcement: "WARN",
      check: "exception",
      owner: rule?.owner ?? null,
      exception: null,
    };
  });
}

function covers(exception: RuleException, hit: Hit & { readonly ruleId: string }, fits: Fits): boolean {
  if (String(exception.rule) !== hit.ruleId) return false;
  if (exception.subject !== undefined && exception.subject !== hit.subject) return false;
  // What belongs to no file is covered by what covers everything.
  return hit.path === null ? exception.path === "**" : fits(hit.path, [exception.path]);
}

function stateOf(
  exception: RuleException,
  count: number,
  { rules, today }: { readonly rules: ReadonlySet<string>; readonly today: string },
): ExceptionOutcome["state"] {
  if (!rules.has(String(exception.rule))) return "no-such-rule";
  if (exception.expires < today) return "expired";
  return count > 0 ? "used" : "unused";
}
