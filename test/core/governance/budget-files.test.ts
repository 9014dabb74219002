/** Budgets in files of several kinds: what went up, what went away. */
import { expect, test } from "vitest";
import { fileLoosenings } from "../../../core/governance/budget-files.ts";

test.each([
  ["JSON", '{"p95_ms": 75, "p99_ms": 120}', '{"p95_ms": 75, "p99_ms": 121}', ["the budget p99_ms was 120 and is 121"]],
  [
    "YAML",
    "budgets:\n  max_failure_rate: 0.05\n",
    "budgets:\n  max_failure_rate: 0.5\n",
    ["the budget max_failure_rate was 0.05 and is 0.5"],
  ],
  [
    "a workflow",
    "env:\n  SHADOW_P95_MS: '75'\n",
    "env:\n  SHADOW_P95_MS: '100'\n",
    ["the budget SHADOW_P95_MS was 75 and is 100"],
  ],
  [
    "a second one of a name",
    '[{"p95_ms": 1}, {"p95_ms": 2}]',
    '[{"p95_ms": 1}, {"p95_ms": 3}]',
    ["the budget p95_ms (2) was 2 and is 3"],
  ],
  ["a file that is gone", "p95_ms = 75", null, ["the budget p95_ms is gone"]],
  ["lower", '{"size_kb": 25}', '{"size_kb": 24.5}', []],
  ["another order", '{"p95_ms": 75, "p99_ms": 120}', '{"p99_ms": 120, "p95_ms": 75}', []],
  ["another number", '{"iterations": 20}', '{"iterations": 200}', []],
  ["a longer name", '{"my_p95_ms": 20}', '{"my_p95_ms": 200}', []],
  ["an exponent", "p95_ms: 75", "p95_ms: 1e9", ["the budget p95_ms was 75 and is 1000000000"]],
  ["another base", "p95_ms: 75", "p95_ms: 0xff", ["the budget p95_ms was 75 and is 255"]],
  ["grouped digits", "p95_ms = 75", "p95_ms = 7_500", ["the budget p95_ms was 75 and is 7500"]],
  ["a decoy before it", "p95_ms: 75", "# p95_ms: 75\np95_ms: 900", ["a further budget p95_ms is 900"]],
  ["a further one that is lower", "p95_ms: 75", "p95_ms: 75\np95_ms: 60", []],
])("%s", (_, base, head, words) => {
  expect(fileLoosenings("settings", base, head)).toEqual(words);
});

test("a file that appears loosens nothing", () => {
  expect(fileLoosenings("probe.json", null, '{"budgets": {"p95_ms": 900}}')).toEqual([]);
});

test("a probe is read as one: an endpoint that is left out is told, whatever its numbers say", () => {
  const base = '{"endpoints": [{"path": "/a"}, {"path": "/b"}]}';
  expect(fileLoosenings("probe.json", base, '{"endpoints": [{"path": "/a"}]}')).toEqual(["GET /b is no longer asked"]);
  expect(fileLoosenings("probe.json", base, "{")).toEqual(["it is gone, or cannot be read"]);
});

test.each([
  ["a step less", "jobs: { a: { steps: [{ run: x }] } }", "jobs: {}", ["the workflow that runs the gate was changed"]],
  ["a word about it", "jobs: { a: 1 }", "# why\njobs:\n  a: 1\n", []],
  ["none any more", "jobs: {}", null, ["the workflow that runs the gate is gone"]],
  ["none that can be read", "jobs: {}", "jobs: {", ["the workflow that runs the gate was changed"]],
])("a workflow that runs the gate: %s", (_, base, head, words) => {
  expect(fileLoosenings(".github/workflows/shadow-ci.yml", base, head)).toEqual(words);
});
