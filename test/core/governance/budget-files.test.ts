/** Budgets in files of several kinds: what went up, what went away. */
import { expect, test } from "vitest";
import { raisedBudgets } from "../../../core/governance/budget-files.ts";

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
  ["a new file", null, '{"p95_ms": 900}', []],
])("%s", (_, base, head, words) => {
  expect(raisedBudgets(base, head)).toEqual(words);
});
