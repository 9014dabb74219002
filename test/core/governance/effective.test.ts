/** Whatever a change does to the rules, without an approval it never makes them looser. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { strictest } from "../../../core/governance/effective.ts";
import { looseningsOf } from "../../../core/governance/loosening.ts";
import { type GovernanceFile, GovernanceFileSchema, type Rule } from "../../../core/governance/rules.ts";

const FILES = (["node", "python"] as const).map((stack) => GovernanceFileSchema.parse(defaultGovernance(stack)));
const BASE = FILES[0] ?? expect.fail("there are defaults");

const exception = fc.record({
  rule: fc.constantFrom<number | string>(1, "8", 7, 99),
  path: fc.constantFrom("**", "src/**"),
  reason: fc.constant("Some reason or other"),
  expires: fc.constantFrom("2026-01-01", "2027-01-01"),
});

/** A file whose rules are some of both stacks', edited. */
const someFile: fc.Arbitrary<GovernanceFile> = fc
  .record({
    rules: fc.uniqueArray(fc.constantFrom(...FILES.flatMap(({ rules }) => rules)).chain(edited), {
      minLength: 1,
      maxLength: 14,
      selector: ({ id }) => String(id),
    }),
    exceptions: fc.array(exception, { maxLength: 3 }),
    tag: fc.constantFrom("[ALEX-APPROVED]", "[OK]"),
    lines: fc.subarray(["Approved by:", "Risk:", "Ticket:"]),
  })
  .map(({ rules, exceptions, tag, lines }) => ({
    version: 1,
    approval: { tag, required_lines: lines },
    rules,
    exceptions,
  }));

function edited(rule: Rule): fc.Arbitrary<Rule> {
  return fc.record({
    id: fc.constant(rule.id),
    category: fc.constant(rule.category),
    title: fc.constant(rule.title),
    description: fc.constant(""),
    severity: fc.constantFrom("CRITICAL", "ERROR", "WARNING"),
    enforcement: fc.constantFrom("CI_BLOCK", "WARN"),
    checks: fc.shuffledSubarray(rule.checks, { minLength: 1 }),
    scope: fc.shuffledSubarray([...rule.scope, "**", "!docs/**"]),
    budgets: fc.option(fc.record({ p95_ms: fc.integer({ min: 1, max: 150 }) }, { requiredKeys: [] }), {
      nil: undefined,
    }),
  });
}

const RUNS = { numRuns: 200 };

test("what judges is never looser than the base", () => {
  fc.assert(
    fc.property(someFile, someFile, (base, head) => {
      expect(looseningsOf(base, strictest(base, head))).toEqual([]);
    }),
    RUNS,
  );
});

test("a change of nothing judges by the same rules, and is looser in nothing", () => {
  fc.assert(
    fc.property(someFile, (file) => {
      expect(looseningsOf(file, file)).toEqual([]);
      expect(strictest(file, file).rules).toEqual(file.rules);
      expect(strictest(file, file).exceptions).toEqual(file.exceptions);
    }),
    RUNS,
  );
});

test("rules that are new hold beside those of the base", () => {
  const fresh = { ...BASE, rules: [{ ...(BASE.rules[0] ?? expect.fail()), id: "fresh" }] };
  expect(strictest(BASE, fresh).rules.map(({ id }) => String(id))).toEqual([
    ...BASE.rules.map(({ id }) => String(id)),
    "fresh",
  ]);
});
