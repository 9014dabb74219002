/** The twelve rules as they are written for a new repository, each on repositories that break it and on those that nearly do. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORMATS, formatted } from "../../../cli/governance/outputs.ts";
import { defaultGovernance } from "../../../core/governance/defaults.ts";
import { CheckSchema } from "../../../core/governance/rules.ts";
import { CASES, type Case, KEY, one, TABLE } from "./cases.ts";
import { sarifFaults } from "./formats/sarif-faults.ts";
import { hits, report } from "./judged.ts";
import { changed, removeRepositories, repository, type Step } from "./repository.ts";

afterAll(removeRepositories);

function baseOf({ stack = "python", base }: Case): Step["files"] {
  const rules = defaultGovernance(stack);
  // The machine may have results of a real probe: these cases have none.
  const text = JSON.stringify(rules).replace(
    '{"kind":"performance-budget"}',
    '{"kind":"performance-budget","results":"no-results.json"}',
  );
  return { "docs/cryptography.md": TABLE, ".shadow-infra/governance.json": text, ...base };
}

function repositoryOf(each: Case): string {
  return changed(baseOf(each), ...each.steps);
}

/** All cases in one repository, each on two branches of its own. */
let all = "";
beforeAll(() => {
  all = repository(
    CASES.flatMap((each, n) => [
      { message: "Begin", branch: `base-${n}`, files: { "README.md": "Begin\n", ...baseOf(each) } },
      ...each.steps.map((step) => ({ ...step, branch: `change-${n}`, from: `base-${n}` })),
    ]),
  );
});

describe.each(CASES.map((each, n) => [each.rule, each.name, { each, n }] as const))(
  "rule %i",
  (rule, name, { each, n }) => {
    test(`${each.hit === null ? "lets pass" : "tells"}: ${name}`, async () => {
      const found = await report(all, { only: [String(rule)], base: `base-${n}`, head: `change-${n}` });
      const [outcome] = found.outcomes;
      expect(sarifFaults(formatted(found, "sarif", false))).toEqual([]);
      if (each.hit === null) {
        expect(hits(found)).toEqual([]);
        expect(found.exitCode).toBe(0);
        return;
      }
      expect(hits(found).join("\n")).toContain(each.hit);
      expect(hits(found)).toHaveLength(1);
      expect(outcome?.state).toBe(each.warns === true ? "warned" : "failed");
      expect(found.exitCode).toBe(each.warns === true ? 0 : 1);
    });
  },
);

test("a secret is in no report, whatever the format", async () => {
  const folder = repositoryOf({ rule: 8, name: "", steps: one({ "app/a.py": `KEY = "${KEY}"\n` }), hit: null });
  const found = await report(folder, { only: ["8"] });
  expect(hits(found)).toHaveLength(1);
  for (const format of FORMATS) expect(formatted(found, format, false)).not.toContain(KEY.slice(4));
});

test("the document tells every kind of check and each of the twelve", () => {
  const text = readFileSync(new URL("../../../docs/governance.md", import.meta.url), "utf8");
  for (const { shape } of CheckSchema.options) {
    const [kind] = shape.kind.values;
    expect(text).toContain(`| \`${kind}\` |`);
    for (const setting of Object.keys(shape)) if (setting !== "kind") expect(text, kind).toContain(`\`${setting}\``);
  }
  for (const { title } of defaultGovernance("python").rules) expect(text).toContain(title);
});

test("every rule has a case that tells and one that does not", () => {
  for (const { id } of defaultGovernance("python").rules) {
    const own = CASES.filter(({ rule }) => rule === id);
    expect(own.some(({ hit }) => hit === null) && own.some(({ hit }) => hit !== null), `rule ${id}`).toBe(true);
  }
});

describe("rule 12 with the results of a probe", () => {
  const endpoint = { p50: 10, p95: 74.9, p99: 119.9, avg_size_kb: 24.9, failures: 0, failure_rate: 0.0499 };
  const results = (more: object) => ({
    timestamp: "2026-03-01T00:00:00Z",
    base_url: "http://localhost:8000",
    iterations: 200,
    endpoints: { "/iq/shadow/stats": { ...endpoint, ...more } },
  });
  const repositoryWith = (text: string): string => {
    const folder = repositoryOf({ rule: 12, name: "", steps: one({ "a.txt": "x" }), hit: null });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "no-results.json"), text);
    return folder;
  };
  const judged = (text: string) => report(repositoryWith(text), { only: ["12"] });

  test.each([
    ["p95 75 ms", { p95: 75 }],
    ["p99 120 ms", { p99: 120 }],
    ["size 25 KB", { avg_size_kb: 25 }],
    ["failures 5 %", { failure_rate: 0.05 }],
  ])("at its threshold is over it: %s", async (words, more) => {
    const found = await judged(JSON.stringify(results(more)));
    expect(hits(found)).toEqual([expect.stringContaining(`/iq/shadow/stats is over its budget: ${words}`)]);
    expect(found.exitCode).toBe(1);
  });

  test("below all thresholds passes", async () => {
    const found = await judged(JSON.stringify(results({})));
    expect(found.outcomes).toMatchObject([{ state: "passed" }]);
  });

  test.each([
    ["no JSON", "{"],
    ["something else", "{}"],
    ["no endpoint", JSON.stringify({ ...results({}), endpoints: {} })],
  ])("with %s in the file cannot be decided", async (_, text) => {
    const found = await judged(text);
    expect(found).toMatchObject({ exitCode: 3, outcomes: [{ state: "not-judged", because: "unreachable" }] });
  });

  test("without a file is not judged, and fails only where results are required", async () => {
    const folder = repositoryOf({ rule: 12, name: "", steps: one({ "a.txt": "x" }), hit: null });
    const found = await report(folder, { only: ["12"] });
    expect(found.outcomes[0]?.reason).toContain("`shadow-infra probe` makes them");
    expect(found.exitCode).toBe(0);
    expect((await report(folder, { only: ["12"], requiresResults: true })).exitCode).toBe(3);
  });
});
