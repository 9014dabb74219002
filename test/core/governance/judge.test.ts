/** Levels, outcomes and exceptions, with checks that need nothing but the list of files. */
import { describe, expect, test } from "vitest";
import { blocks, judge, onlyRules } from "../../../core/governance/judge.ts";
import { type GovernanceFile, GovernanceFileSchema, type RuleException } from "../../../core/governance/rules.ts";
import { around, changeOf, fileAt, inARow, rulesOf, ruleWith, TODAY } from "./given.ts";

const OWNERS = [{ kind: "code-owners" }] as const;
const NOBODY = around({ owners: () => [] });
const REASON = "Generated, so nobody owns it";

function withExceptions(file: GovernanceFile, ...exceptions: readonly Partial<RuleException>[]): GovernanceFile {
  return {
    ...file,
    exceptions: exceptions.map((each) => ({ rule: 1, path: "**", reason: REASON, expires: TODAY, ...each })),
  };
}

test("a hit has its rule's level and enforcement, and fails the rule", async () => {
  const { violations, outcomes } = await judge(
    changeOf([fileAt("a.ts")]),
    rulesOf(OWNERS, { severity: "CRITICAL" }),
    NOBODY,
  );
  expect(violations).toMatchObject([
    { ruleId: "1", level: "CRITICAL", enforcement: "CI_BLOCK", check: "code-owners", exception: null },
  ]);
  expect(violations.some(blocks)).toBe(true);
  expect(outcomes).toMatchObject([{ state: "failed", reason: null }]);
});

test("a rule that only warns blocks nothing", async () => {
  const { violations, outcomes } = await judge(
    changeOf([fileAt("a.ts")]),
    rulesOf(OWNERS, { enforcement: "WARN" }),
    NOBODY,
  );
  expect(violations.some(blocks)).toBe(false);
  expect(outcomes).toMatchObject([{ state: "warned" }]);
});

test("a hit that only warns has the level WARNING, whatever its rule", async () => {
  const { violations } = await judge(changeOf([fileAt("a.ts")]), rulesOf(OWNERS), around());
  expect(violations).toMatchObject([{ level: "WARNING", enforcement: "WARN" }]);
});

test("files out of scope, and deleted ones, are not looked at", async () => {
  const change = changeOf([fileAt("docs/a.md"), fileAt("src/a.ts", { status: "deleted" })]);
  const { outcomes } = await judge(change, rulesOf(OWNERS, { scope: ["**", "!docs/**"] }), NOBODY);
  expect(outcomes).toMatchObject([{ state: "passed" }]);
});

test("a rule of which a part could not be judged has not passed, and says why", async () => {
  const file = rulesOf([...OWNERS, { kind: "performance-budget" }]);
  const { outcomes } = await judge(changeOf([fileAt("a.ts")]), file, around({ owners: () => ["@owner/team"] }));
  expect(outcomes).toMatchObject([{ state: "not-judged", because: "no-results" }]);
  expect(outcomes[0]?.reason).toContain("performance-budget: there are no results of a probe");
});

describe("an exception", () => {
  const change = changeOf([fileAt("a.ts"), fileAt("b.ts")]);
  const judged = (...exceptions: readonly Partial<RuleException>[]) =>
    judge(change, withExceptions(rulesOf(OWNERS), ...exceptions), NOBODY);

  test("silences what it names on its last day, and is listed", async () => {
    const { violations, outcomes, exceptions } = await judged({});
    expect(violations.map(({ exception }) => exception)).toEqual([
      { reason: REASON, expires: TODAY },
      { reason: REASON, expires: TODAY },
    ]);
    expect(outcomes).toMatchObject([{ state: "passed" }]);
    expect(exceptions).toMatchObject([{ state: "used", covers: 2 }]);
  });

  test("silences nothing the day after, and is itself reported", async () => {
    const { violations, outcomes, exceptions } = await judged({ expires: "2026-02-28" });
    expect(outcomes).toMatchObject([{ state: "failed" }]);
    expect(exceptions).toMatchObject([{ state: "expired", covers: 2 }]);
    expect(violations.at(-1)).toMatchObject({ check: "exception", level: "WARNING", enforcement: "WARN" });
    expect(violations.at(-1)?.message).toContain("expired on 2026-02-28");
  });

  test("silences its path and subject alone", async () => {
    const { violations } = await judged({ path: "a.*" });
    expect(violations.map(({ exception }) => exception !== null)).toEqual([true, false]);
    const other = await judged({ path: "a.ts", subject: "b.ts" });
    expect(other.violations.map(({ exception }) => exception !== null)).toEqual([false, false]);
    expect(other.exceptions).toMatchObject([{ state: "unused", covers: 0 }]);
  });

  test("of a rule that there is not is reported", async () => {
    const { exceptions, violations } = await judged({ rule: 77 });
    expect(exceptions).toMatchObject([{ state: "no-such-rule" }]);
    expect(violations.at(-1)?.message).toContain("names a rule that there is not");
  });

  test("for a path never silences what belongs to no file", async () => {
    const file = rulesOf([{ kind: "commit-tags", pattern: "^ok" }]);
    const commits = inARow({ message: "no" });
    const some = await judge(changeOf([], commits), withExceptions(file, { path: "src/**" }), around());
    expect(some.violations.filter(({ exception }) => exception !== null)).toEqual([]);
    const all = await judge(changeOf([], commits), withExceptions(file, { path: "**", subject: "c1" }), around());
    expect(all.violations.filter(({ exception }) => exception !== null)).toHaveLength(1);
  });
});

test("a choice of rules leaves out the others and their exceptions", () => {
  const file = GovernanceFileSchema.parse({
    version: 1,
    rules: [ruleWith(OWNERS), ruleWith(OWNERS, { id: "two" })],
    exceptions: [{ rule: "two", path: "**", reason: REASON, expires: TODAY }],
  });
  expect(onlyRules(file, ["1"])).toMatchObject({ rules: [{ id: 1 }], exceptions: [] });
  expect(onlyRules(file, ["two"])).toMatchObject({ rules: [{ id: "two" }], exceptions: [{ rule: "two" }] });
});
