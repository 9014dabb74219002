/** Two bodies that differ everywhere: the time is in proportion to the differences, whatever the values look like. */
import { expect, test } from "vitest";
import type { Difference } from "../../../core/compare/difference.ts";
import { DEFAULT_COMPARISON } from "../../../core/compare/settings.ts";
import { filterNoise } from "../../../core/noise/filter.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";
import { answer, pairOf } from "../pair/builder.ts";

/** Far above what a machine at rest needs, far below what the square of the differences would take. */
const MAX_MS = 2_000;
/** As many as one body has at most. */
const COUNT = 2_000;

test.each<[string, (n: number) => string]>([
  ["numbers", (n) => String(n)],
  ["words", (n) => `"word${n}"`],
  ["tokens", (n) => `"q7Rz0Lk2Xv9Tn4W${String(n).padStart(6, "x9")}"`],
  ["links", (n) => `"https://cdn.example.com/a?Expires=17952552${n % 90}&Signature=q7Rz0Lk2Xv9Tn4W${n}"`],
  ["texts", (n) => `"made 2026-11-21T10:00:00Z by node${n} in ${n} ms"`],
])(`${COUNT} differences of %s`, (_, excerpt) => {
  const differences = Array.from({ length: COUNT }, (__, n): Difference => {
    const place = { path: `$.items[${n}].value`, pattern: "$.items[*].value" };
    return { part: "body", kind: "value", ...place, reference: excerpt(n), shadow: excerpt(n + 1) };
  });
  const comparison = { ...DEFAULT_COMPARISON, ignore: ["$..other", "$.items[*].name"] };
  const opened = openCase(pairOf({ prod: answer({ a: 1 }), shadow: answer({ a: 2 }), control: answer({ a: 1 }) }));
  const before = cpuNow();
  const { findings } = filterNoise({ ...opened, comparison, differences }, EMPTY_MEMORY);
  expect(cpuMsSince(before)).toBeLessThan(MAX_MS);
  expect(findings.length).toBeGreaterThan(0);
});
