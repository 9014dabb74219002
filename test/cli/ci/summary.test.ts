/** The page of a run: what it shows of good and bad runs, and that data never becomes markup. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addToSummary, setOutputs } from "../../../cli/ci/files.ts";
import { countsOf, coverageOf, readArtifacts } from "../../../cli/ci/summary/artifacts.ts";
import { passed, readNeeds, verdictOf } from "../../../cli/ci/summary/needs.ts";
import { page } from "../../../cli/ci/summary/page.ts";

const JOBS = [
  "shadow-governance",
  "shadow-tests",
  "shadow-api-tests",
  "shadow-security-scan",
  "shadow-performance-probe",
];
const needs = (results: Readonly<Record<string, string>> = {}) =>
  readNeeds(
    JSON.stringify(Object.fromEntries(JOBS.map((job) => [job, { result: results[job] ?? "success", outputs: {} }]))),
  ) ?? expect.fail("no needs");

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shadow-summary-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, content: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

const results = {
  timestamp: "2026-01-01T00:00:00Z",
  base_url: "http://127.0.0.1:8001",
  iterations: 20,
  endpoints: { "/a|b": { p50: 1, p95: 80.5, p99: 90, avg_size_kb: 2, failures: 0, failure_rate: 0 } },
  budgets: [
    { endpoint: "/a|b", budget: "p95_ms", value: 80.5, threshold: 75, passed: false },
    { endpoint: "/a|b", budget: "p99_ms", value: 90, threshold: 120, passed: true, note: "max of 20" },
    { endpoint: "/a|b", budget: "failure_rate", value: 0, threshold: 0.05, passed: true },
    { endpoint: "/c", budget: "p95_ms", value: 90, threshold: 75, passed: false, judged: false },
  ],
};

describe("the verdict", () => {
  test("is passed where all jobs passed, or had nothing to do", () => {
    expect(verdictOf(needs())).toBe("all 5 jobs passed");
    const skipped = needs({ "shadow-performance-probe": "skipped" });
    expect([passed(skipped), verdictOf(skipped)]).toEqual([true, "4 jobs passed, 1 had nothing to do"]);
  });

  test.each(["failure", "cancelled", "timed_out"])("is failed where a job ended with %s", (result) => {
    const jobs = needs({ "shadow-tests": result });
    expect(passed(jobs)).toBe(false);
    expect(verdictOf(jobs)).toContain("shadow-tests");
    expect(page(jobs, readArtifacts(folder))).toContain("## Shadow CI: ❌ failed");
  });

  test.each(["", "{}", "[]", "null", '{"a":1}'])("is not made of %j", (text) => {
    expect(readNeeds(text)).toBeNull();
  });
});

describe("the page", () => {
  test("shows each budget with its value, its limit and whether it held", () => {
    put("shadow-probe-results.json/shadow-probe-results.json", results);
    const text = page(needs(), readArtifacts(folder));
    expect(text).toContain("| /a\\|b | p95 | 80.5 ms | under 75 ms | ❌ over |");
    expect(text).toContain("| /a\\|b | p99 | 90 ms (max of 20) | under 120 ms | ✅ held |");
    expect(text).toContain("| /a\\|b | failures | 0 % | under 5 % | ✅ held |");
    expect(text).toContain("| /c | p95 | 90 ms | under 75 ms | ➖ not judged: the ratio decides |");
  });

  test("shows figures where results have no budgets", () => {
    const { budgets: _, ...older } = results;
    put("shadow-probe-results.json", older);
    expect(page(needs(), readArtifacts(folder))).toContain("| /a\\|b | 1 | 80.5 | 90 | 2 | 0 |");
  });

  test("shows each rule and why one was not judged", () => {
    const outcome = { ruleId: 4, title: "No XGBoost", state: "failed", reason: null };
    const other = { ruleId: "x", title: "Else", state: "not-judged", reason: "there is no base" };
    put("g/shadow-governance.json", { schemaVersion: 1, outcomes: [outcome, other] });
    const text = page(needs(), readArtifacts(folder));
    expect(text).toContain("| 4 | No XGBoost | ❌ broken |");
    expect(text).toContain("| x | Else | ➖ not judged: there is no base |");
  });

  test("takes the word of the job that could judge a rule", () => {
    const of = (state: string, reason: string | null) => ({
      outcomes: [{ ruleId: 12, title: "Budget", state, reason }],
    });
    put("a/shadow-governance.json", of("not-judged", "there are no results"));
    put("b/shadow-governance.json", of("passed", null));
    expect(page(needs(), readArtifacts(folder))).toContain("| 12 | Budget | ✅ kept |");
    put("c/shadow-governance.json", of("failed", null));
    expect(page(needs(), readArtifacts(folder))).toContain("| 12 | Budget | ❌ broken |");
  });

  test("counts tests per job, and says how much they cover", () => {
    put("t/shadow-tests-junit.xml", '<testsuites><testsuite name="a" tests="5" failures="1" errors="1" skipped="1">');
    put("t/coverage-shadow.json", { "a.ts": { s: { 0: 3, 1: 0, 2: 1, 3: 1 } } });
    const text = page(needs({ "shadow-tests": "failure" }), readArtifacts(folder));
    expect(text).toContain("| shadow-tests | ❌ failed | 2 passed, 2 failed, 1 skipped |");
    expect(text).toContain("Coverage: 75 % of statements.");
  });

  test("tells a job that had nothing to do from one that left nothing", () => {
    const text = page(
      needs({ "shadow-performance-probe": "skipped", "shadow-governance": "failure" }),
      readArtifacts(join(folder, "nothing")),
    );
    expect(text).toContain("Not run: nothing that it covers changed, or an earlier job failed.");
    expect(text).toContain("No results: the job ended before there were any (❌ failed).");
  });

  test("says which file could not be read, and goes on", () => {
    put("shadow-probe-results.json", "{");
    put("coverage-shadow.json", { "a.ts": {} });
    const text = page(needs(), readArtifacts(folder));
    expect(text).toContain("⚠️ shadow-probe-results.json could not be read.");
    expect(text).toContain("⚠️ coverage-shadow.json could not be read.");
  });
});

describe("numbers", () => {
  test("of JUnit files are sums of their suites, not of their root", () => {
    const xml = `<testsuites tests="9" failures="9"><testsuite name="a>b" errors="0" failures="1" tests="2"/>
      <testsuite tests="3" skipped="2"></testsuite></testsuites>`;
    expect(countsOf(xml)).toEqual({ tests: 5, failed: 1, skipped: 2 });
  });

  test("of coverage are read from both tools, and are none where nothing was looked at", () => {
    expect(coverageOf({ totals: { covered_lines: 3, num_statements: 4 }, files: {} })).toBe(0.75);
    expect(coverageOf({})).toBeNull();
  });
});

describe("files of a step", () => {
  test("take outputs, one on a line whatever their value", () => {
    const file = join(folder, "out");
    setOutputs({ GITHUB_OUTPUT: file }, { a: "true", b: "x\ny=z" });
    expect(readFileSync(file, "utf8")).toBe("a=true\nb=x y=z\n");
  });

  test("take a summary up to a mebibyte, cut at a line", () => {
    const file = join(folder, "summary");
    expect(addToSummary({ GITHUB_STEP_SUMMARY: file }, `${"ü".repeat(99)}\n`.repeat(10_000))).toBe(true);
    const written = readFileSync(file);
    expect(written.length).toBeLessThanOrEqual(1024 * 1024);
    expect(written.toString("utf8")).toMatch(/ü\n\n\(shortened.*\)\n$/);
    expect(addToSummary({}, "x")).toBe(false);
  });
});
