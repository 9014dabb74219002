/** The other format: sentences become checks, and what becomes none is said. */
import { describe, expect, test } from "vitest";
import { parseRules } from "../../../core/governance/parse.ts";

/** In the form that teams have: sentences as checks, budgets under their own names, keys that only people read. */
const RULE_12 = {
  id: 12,
  category: "PERFORMANCE",
  title: "Shadow Mode Performance Budget Enforcement",
  description: "Shadow endpoints keep their budgets.",
  severity: "ERROR",
  enforcement: "CI_BLOCK",
  checks: [
    "Latency of a synthetic probe (p95, p99)",
    "No XGBoost imports in shadow code",
    "ALEX approval tag for schema changes",
    "Tea is served at five",
  ],
  budgets: { p95_latency_ms: 70, p99_latency_ms: 110, max_response_size_kb: 20, max_failure_rate: 0.01 },
  scope: ["service/app/*shadow*.py"],
  workflow: ".github/workflows/shadow-ci.yml",
  probe_script: "scripts/shadow_probe.py",
  pac_reference: "PAC-1",
  owner: "platform",
};

function read(json: object) {
  const result = parseRules(JSON.stringify(json));
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("\n"));
  return result.value;
}

test("a rule keeps its own words, scope and budgets, and gets the checks that its sentences ask for", () => {
  const { file } = read({ governance_id: "GID-08", agent_name: "ALEX", rules: [RULE_12] });
  const [rule] = file.rules;
  expect(rule).toMatchObject({
    id: 12,
    severity: "ERROR",
    enforcement: "CI_BLOCK",
    scope: RULE_12.scope,
    owner: "platform",
    budgets: { p95_ms: 70, p99_ms: 110, size_kb: 20, failure_rate: 0.01 },
  });
  expect(rule?.checks.map(({ kind }) => kind)).toEqual([
    "performance-budget",
    "budget-raise",
    "forbidden-imports",
    "schema-approval",
  ]);
  for (const words of ["probe_script: scripts/shadow_probe.py", "pac_reference: PAC-1", "workflow: ", "Tea is served"])
    expect(rule?.description).toContain(words);
});

test("a sentence and a rule that no check of ours does are said", () => {
  const { file, gaps } = read({
    rules: [RULE_12, { id: 7, category: "CULTURE", title: "Be kind", severity: "ERROR", checks: ["Smile"] }],
  });
  expect(file.rules.map(({ id }) => id)).toEqual([12]);
  expect(gaps).toEqual([
    { ruleId: "12", title: RULE_12.title, sentence: "Tea is served at five" },
    { ruleId: "7", title: "Be kind", sentence: null },
  ]);
});

describe("the twelve are recognised", () => {
  test.each([
    [1, "Quantum-Safe Cryptography Only", "cryptography"],
    [2, "Model Version Metadata Required", "required-fields"],
    [3, "No Heavy ML Imports in Request Path", "forbidden-imports"],
    [4, "No XGBoost in Production", "forbidden-imports"],
    [5, "Commit Governance Tags Required", "commit-tags"],
    [6, "Large Changes Require ALEX Approval", "large-change"],
    [7, "Code Ownership Enforcement", "code-owners"],
    [8, "No Hardcoded Secrets", "secrets"],
    [9, "Model Artifact Signature Verification", "model-loads"],
    [10, "Audit Trail for Model Predictions", "audit-trail"],
    [11, "Schema Changes Require Migration", "schema-migration"],
    [12, "Shadow Mode Performance Budget Enforcement", "performance-budget"],
  ])("rule %i by its title, whatever its number", (id, title, kind) => {
    const { file } = read({ rules: [{ id: 90 + id, title, severity: "warning" }] });
    expect(file.rules[0]).toMatchObject({ id: 90 + id, title, severity: "WARNING" });
    expect(file.rules[0]?.checks[0]?.kind).toBe(kind);
  });

  test("by number where the category agrees, and not where it does not", () => {
    const { file } = read({ rules: [{ id: 8, title: "Keep keys out", category: "SECURITY" }] });
    expect(file.rules[0]?.checks[0]?.kind).toBe("secrets");
    const other = parseRules(JSON.stringify({ rules: [{ id: 8, title: "Keep keys out", category: "CULTURE" }] }));
    expect(other.ok).toBe(false);
  });
});

test("rules as an object, under hard_constraints, are numbered by their keys", () => {
  const { file } = read({
    hard_constraints: { rule_3: { title: "No heavy ML imports" }, rule_4: { name: "No XGBoost" } },
  });
  expect(file.rules.map(({ id }) => id)).toEqual([3, 4]);
});

test("a file without any rule of ours is refused with what to do", () => {
  const result = parseRules(JSON.stringify({ governance_id: "G", rules: [] }));
  expect(result).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining("shadow-infra init ci") }] });
});
