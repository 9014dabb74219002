/** What jobs left: found wherever the download put it, counted rightly, and said where it is not what its name says. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countsOf, coverageOf, readArtifacts } from "../../../../cli/ci/summary/artifacts.ts";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "shadow-artifacts-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const governance = (...states: readonly string[]) =>
  JSON.stringify({
    outcomes: states.map((state, n) => ({ ruleId: n + 1, title: `Rule ${n + 1}`, state, reason: null })),
  });

test("a folder that is not there holds nothing, and nothing is wrong with it", () => {
  expect(readArtifacts("/no/such/folder")).toEqual({
    probe: null,
    governance: null,
    tests: new Map(),
    coverage: null,
    problems: [],
  });
});

test("of a rule that two jobs judged, the one that knew most counts", () => {
  const folder = folderWith({
    "first/shadow-governance.json": governance("passed", "not-judged", "failed"),
    "second/shadow-governance.json": governance("warned", "passed", "not-judged"),
  });
  const states = readArtifacts(folder).governance?.outcomes.map(({ ruleId, state }) => [ruleId, state]);
  expect(states).toEqual([
    ["1", "warned"],
    ["2", "passed"],
    ["3", "failed"],
  ]);
});

test("a file that is not what its name says is a problem in words, and hides no other", () => {
  const folder = folderWith({
    "shadow-probe-results.json": "{",
    "coverage-shadow.json": "[]",
    "deep/er/shadow-tests-junit.xml": '<testsuite tests="2" failures="1">',
  });
  const found = readArtifacts(folder);
  expect(found.problems).toEqual([
    "shadow-probe-results.json could not be read",
    "coverage-shadow.json could not be read",
  ]);
  expect([...found.tests]).toEqual([["shadow-tests", { tests: 2, failed: 1, skipped: 0 }]]);
});

test("counts are sums over suites, not of what holds them, and no > in a name cuts a tag off", () => {
  const xml = `<testsuites tests="99"><testsuite name="a > b" tests="3" failures="1" errors="1"/>
    <testsuite name='c' skipped="2" tests="4"></testsuite></testsuites>`;
  expect(countsOf(xml)).toEqual({ tests: 7, failed: 2, skipped: 2 });
});

test("coverage is a share of statements in both forms, and none where there are no statements", () => {
  expect(coverageOf({ totals: { covered_lines: 3, num_statements: 4 } })).toBe(0.75);
  expect(coverageOf({ "a.ts": { s: { 0: 5, 1: 0 } }, "b.ts": { s: { 0: 1, 1: 1 } } })).toBe(0.75);
  expect(coverageOf({})).toBeNull();
  expect(() => coverageOf({ "a.ts": {} })).toThrow("expected record");
});

test.each(["<testsuite ", '<testsuite "', "<testsuite '"])(
  "tags that are not closed take no longer than their length: %s",
  (tag) => {
    const begun = performance.now();
    expect(countsOf(tag.repeat(20_000)).tests).toBe(0);
    expect(performance.now() - begun).toBeLessThan(2_000);
  },
);
