/** What counts as looser, what as stricter, and which rules judge until somebody approves. */
import { describe, expect, test } from "vitest";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { strictest } from "../../../core/governance/effective.ts";
import { looseningsOf } from "../../../core/governance/loosening.ts";
import { type GovernanceFile, GovernanceFileSchema } from "../../../core/governance/rules.ts";

const BASE = GovernanceFileSchema.parse(defaultGovernance("node"));

/** The base with one rule changed. */
function withRule(id: number, change: (rule: GovernanceFile["rules"][number]) => object): GovernanceFile {
  const rules = BASE.rules.map((rule) => (rule.id === id ? { ...rule, ...change(rule) } : rule));
  return GovernanceFileSchema.parse({ ...BASE, rules });
}

function checkOf(id: number, settings: object): GovernanceFile {
  return withRule(id, ({ checks: [first, ...rest] }) => ({ checks: [{ ...first, ...settings }, ...rest] }));
}

const EXCEPTION = { rule: 8, path: "docs/**", reason: "An example in a document", expires: "2026-12-31" };
const withExceptions = (...exceptions: readonly object[]): GovernanceFile =>
  GovernanceFileSchema.parse({ ...BASE, exceptions });

describe("is looser", () => {
  test.each([
    ["a rule that is gone", { ...BASE, rules: BASE.rules.filter(({ id }) => id !== 8) }, "rule 8: it is gone"],
    ["a rule that only warns now", withRule(8, () => ({ enforcement: "WARN" })), "rule 8: it only warns now"],
    ["a lower level", withRule(8, () => ({ severity: "ERROR" })), "rule 8: its level was CRITICAL and is ERROR"],
    ["a narrower scope", withRule(8, () => ({ scope: ["src/**"] })), "rule 8: scope no longer has **"],
    [
      "a scope that takes out more",
      withRule(8, () => ({ scope: ["**", "!docs/**"] })),
      "rule 8: scope has !docs/** now",
    ],
    [
      "a higher budget",
      withRule(12, ({ budgets }) => ({ budgets: { ...budgets, p95_ms: 90 } })),
      "rule 12: the budget p95_ms was 75 and is 90",
    ],
    [
      "a budget that is gone",
      withRule(12, () => ({ budgets: { p95_ms: 75, p99_ms: 120, size_kb: 25 } })),
      "rule 12: the budget failure_rate is gone",
    ],
    [
      "a check that is gone",
      withRule(12, ({ checks }) => ({ checks: checks.slice(0, 1) })),
      "rule 12: its check budget-raise is gone",
    ],
    ["a higher limit", checkOf(6, { max_lines: 501 }), "rule 6: large-change: max_lines was 500 and is 501"],
    ["more that does not count", checkOf(6, { ignore: ["**"] }), "rule 6: large-change: ignore has ** now"],
    [
      "a module that is allowed",
      checkOf(4, { modules: ["xgboost_ray"] }),
      "rule 4: forbidden-imports: modules no longer has xgboost",
    ],
    [
      "imports as a type",
      checkOf(4, { allow_type_only: true }),
      "rule 4: forbidden-imports: allow_type_only was false and is true",
    ],
    [
      "another table of algorithms",
      checkOf(1, { table: "mine.md" }),
      'rule 1: cryptography: table was "docs/cryptography.md" and is "mine.md"',
    ],
    ["another pattern", checkOf(5, { pattern: "." }), "rule 5: commit-tags: pattern was"],
    [
      "another approval tag",
      { ...BASE, approval: { ...BASE.approval, tag: "[OK]" } },
      "the approval tag was [ALEX-APPROVED] and is [OK]",
    ],
    [
      "a line that no approval needs any more",
      { ...BASE, approval: { ...BASE.approval, required_lines: ["Risk:"] } },
      'no longer needs the line "Approved by:"',
    ],
    [
      "an exception of a rule that blocks",
      withExceptions(EXCEPTION),
      "rule 8: a new exception for docs/** until 2026-12-31",
    ],
    [
      "a list of what to leave out that is all there is to leave out of",
      checkOf(6, { ignore: ["!src/**"] }),
      "rule 6: large-change: ignore has ** now",
    ],
  ] satisfies [string, GovernanceFile, string][])("%s", (_, head, words) => {
    const found = looseningsOf(BASE, head).map((each) => each.words);
    expect(
      found.some((each) => each.includes(words)),
      found.join("\n"),
    ).toBe(true);
    // Without an approval it changes nothing.
    expect(looseningsOf(BASE, strictest(BASE, head))).toEqual([]);
  });

  test("a longer exception of a rule that blocks", () => {
    const base = withExceptions(EXCEPTION);
    expect(looseningsOf(base, withExceptions({ ...EXCEPTION, expires: "2027-12-31" }))).toHaveLength(1);
    expect(
      looseningsOf(base, withExceptions({ ...EXCEPTION, expires: "2026-06-30", reason: "Another reason for it" })),
    ).toEqual([]);
  });

  test("a file that is gone", () => {
    expect(looseningsOf(BASE, null)).toHaveLength(1);
    expect(strictest(BASE, null)).toEqual(BASE);
  });
});

describe("is not looser", () => {
  test.each([
    ["the same", BASE],
    ["another order", { ...BASE, rules: BASE.rules.toReversed() }],
    ["another title, description and owner", withRule(8, () => ({ title: "x", description: "y", owner: "@o/t" }))],
    ["lower budgets", withRule(12, () => ({ budgets: { p95_ms: 1, p99_ms: 2, size_kb: 3, failure_rate: 0 } }))],
    ["a rule that blocks now", withRule(5, () => ({ enforcement: "CI_BLOCK", severity: "ERROR" }))],
    ["a lower limit", checkOf(6, { max_lines: 100, max_files: 5, ignore: [] })],
    ["more modules", checkOf(4, { modules: ["xgboost", "xgboost_ray", "lightgbm"] })],
    ["a wider scope", withRule(4, () => ({ scope: ["**"] }))],
    ["owners who have to approve", checkOf(7, { approvals: "github" })],
    [
      "one more line for approvals",
      { ...BASE, approval: { ...BASE.approval, required_lines: [...BASE.approval.required_lines, "Ticket:"] } },
    ],
    ["an exception of a rule that only warns", withExceptions({ ...EXCEPTION, rule: 5 })],
    ["one more check", withRule(8, ({ checks }) => ({ checks: [...checks, { kind: "code-owners" }] }))],
  ] satisfies [string, GovernanceFile][])("%s", (_, head) => {
    expect(looseningsOf(BASE, head)).toEqual([]);
    expect(strictest(BASE, head).exceptions).toEqual(head.exceptions);
  });
});

test("a stricter rule holds at once, also beside one that was loosened", () => {
  const tighter = checkOf(6, { max_lines: 100 });
  const head = { ...tighter, rules: tighter.rules.filter(({ id }) => id !== 8) };
  const file = strictest(BASE, head);
  expect(file.rules.find(({ id }) => id === 8)).toEqual(BASE.rules.find(({ id }) => id === 8));
  expect(file.rules.find(({ id }) => id === 6)?.checks[0]).toMatchObject({ max_lines: 100 });
});

test("an exception of a rule that blocks does not silence before it is approved; others do", () => {
  const head = withExceptions(EXCEPTION, { ...EXCEPTION, rule: 7 }, { ...EXCEPTION, rule: 5 });
  expect(strictest(BASE, head).exceptions.map(({ rule }) => rule)).toEqual([5]);
});

test("a scope that only takes out is everything else, so that naming a folder narrows it", () => {
  const base = withRule(4, () => ({ scope: ["!docs/**"] }));
  const words = (scope: readonly string[]) =>
    looseningsOf(
      base,
      withRule(4, () => ({ scope: [...scope] })),
    ).map((each) => each.words);
  expect(words(["!docs/**", "nowhere/**"])).toEqual(["rule 4: scope no longer has **"]);
  expect(words(["**", "!docs/**"])).toEqual([]);
  expect(words([])).toHaveLength(1);
});

test("budgets that a rule leaves to the defaults are held against them", () => {
  const base = withRule(12, () => ({ budgets: undefined }));
  const head = withRule(12, () => ({ budgets: { p95_ms: 80, p99_ms: 120, size_kb: 25, failure_rate: 0.05 } }));
  expect(looseningsOf(base, head).map(({ words }) => words)).toEqual(["rule 12: the budget p95_ms was 75 and is 80"]);
});
