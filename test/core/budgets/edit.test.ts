import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { withBudgets, withValues } from "../../../core/budgets/edit.ts";
import { budgetFile } from "../../../core/budgets/sites.ts";

function sitesOf(text: string) {
  const read = budgetFile(text);
  if (!read.ok) throw new Error(read.detail);
  return read.value.sites;
}

describe("a new value", () => {
  it("stands where the old one stood, and nothing else moves", () => {
    const text = "budgets:\n  p95_ms: 75   # agreed\n  size_kb: 25\n\n# gate\ngate: { min_pairs: 200 }";
    const values = sitesOf(text).map((site) => ({ site, value: site.budget === "p95_ms" ? 100 : 7 }));
    expect(withValues(text, values)).toEqual({ ok: true, value: text.replace("75", "100").replace("25", "7") });
  });

  it("is refused where the text is not the one the places are of", () => {
    const values = sitesOf("budgets: { p95_ms: 75 }").map((site) => ({ site, value: 60 }));
    expect(withValues("version: 1\nbudgets: { p95_ms: 75 }", values)).toMatchObject({ ok: false });
  });
});

describe("a budget that the file does not say yet", () => {
  const added = [
    { budget: "p99_ms", value: 90 },
    { budget: "failure_rate", value: 0.02 },
  ] as const;

  it.each([
    [
      "the others of a block, after the comment of the last",
      "budgets:\n  p95_ms: 75 # agreed\n\ngate: {}\n",
      "budgets:\n  p95_ms: 75 # agreed\n  p99_ms: 90\n  failure_rate: 0.02\n\ngate: {}\n",
    ],
    [
      "the end of a file",
      "budgets:\n    p95_ms: 75",
      "budgets:\n    p95_ms: 75\n    p99_ms: 90\n    failure_rate: 0.02",
    ],
    [
      "the others of one line",
      'budgets: { "p95_ms": 75 }\n',
      'budgets: { "p95_ms": 75, "p99_ms": 90, "failure_rate": 0.02 }\n',
    ],
    [
      "the others in JSON of many lines",
      '{\n  "budgets": {\n    "p95_ms": 75\n  }\n}\n',
      '{\n  "budgets": {\n    "p95_ms": 75,\n    "p99_ms": 90,\n    "failure_rate": 0.02\n  }\n}\n',
    ],
    [
      "JSON without budgets",
      '{\n  "base_url": "http://localhost",\n  "endpoints": [\n    { "path": "/a" }\n  ]\n}\n',
      '{\n  "base_url": "http://localhost",\n  "endpoints": [\n    { "path": "/a" }\n  ],\n  "budgets": { "p99_ms": 90, "failure_rate": 0.02 }\n}\n',
    ],
    ["JSON of one line", '{"version":1}', '{"version":1, "budgets": { "p99_ms": 90, "failure_rate": 0.02 }}'],
    [
      "a file without budgets",
      "version: 1\ngate:\n  min_pairs: 5 # few\n",
      "version: 1\ngate:\n  min_pairs: 5 # few\nbudgets: { p99_ms: 90, failure_rate: 0.02 }\n",
    ],
    [
      "a key without a value",
      "version: 1\nbudgets:\ngate: {}\n",
      "version: 1\nbudgets: { p99_ms: 90, failure_rate: 0.02 }\ngate: {}\n",
    ],
    ["an empty map", '{"budgets": {}}', '{"budgets": { "p99_ms": 90, "failure_rate": 0.02 }}'],
  ])("is added to %s", (_, text, edited) => {
    expect(withBudgets(text, added)).toEqual({ ok: true, value: edited });
  });

  it("is refused where it cannot be added safely", () => {
    for (const text of ["budgets: seventy-five\n", "{}", "a: &x { p95_ms: 1 }\nbudgets: *x\n"])
      expect(withBudgets(text, added)).toEqual({ ok: false, reason: "cannot-edit" });
  });

  it("changes nothing where nothing is added", () => {
    expect(withBudgets("anything", [])).toEqual({ ok: true, value: "anything" });
  });
});

describe("files as programs write them", () => {
  const budgets = fc.dictionary(fc.constantFrom("p95_ms", "size_kb", "other"), fc.integer({ min: 1, max: 999 }));
  const endpoint = fc.record({ path: fc.string(), budgets }, { requiredKeys: ["path"] });
  const content = fc.record(
    { version: fc.constant(1), budgets, gate: fc.record({ note: fc.string() }), endpoints: fc.array(endpoint) },
    { requiredKeys: ["version"] },
  );
  const written = fc.oneof(
    content.map((value) => JSON.stringify(value)),
    content.map((value) => JSON.stringify(value, null, 2)),
    content.map((value) => stringify(value)),
    content.map((value) => stringify(value, { collectionStyle: "flow" })),
  );

  it("take new values and new budgets, and keep everything else", () => {
    fc.assert(
      fc.property(written, (text) => {
        const values = sitesOf(text).map((site) => ({ site, value: 1_000 + site.start }));
        const edited = withValues(text, values);
        if (!edited.ok) throw new Error(edited.reason);
        const whole = withBudgets(edited.value, [{ budget: "p99_ms", value: 77 }]);
        if (!whole.ok) throw new Error(whole.reason);
        const kept = sitesOf(whole.value).filter(({ budget }) => budget !== "p99_ms");
        expect(new Set(kept.map(({ now }) => now))).toEqual(new Set(values.map(({ value }) => value)));
      }),
    );
  });
});
