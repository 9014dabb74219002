import { expect, test } from "vitest";
import { type JunitCase, junitDocument, junitSuite } from "../../cli/junit.ts";

const CASES: readonly JunitCase[] = [
  { "@name": "good", "@classname": "a" },
  { "@name": "bad", "@classname": "a", failure: { "@message": `1 < 2 & "so"` } },
  { "@name": "broken", "@classname": "a", error: { "@message": "no answer" } },
  { "@name": "left out", "@classname": "a", skipped: { "@message": "later" } },
];

test("suites count their cases, and the document counts its suites", () => {
  const xml = junitDocument("both", [
    junitSuite("a", CASES, "2026-01-01T00:00:00Z"),
    junitSuite("b", CASES.slice(0, 2)),
  ]);
  expect(xml).toContain('<testsuites name="both" tests="6" failures="2" errors="1">');
  expect(xml).toContain(
    '<testsuite name="a" timestamp="2026-01-01T00:00:00Z" tests="4" failures="1" errors="1" skipped="1">',
  );
  expect(xml).toContain('<testsuite name="b" tests="2" failures="1" errors="0" skipped="0">');
  expect(xml).not.toContain(`1 < 2 & "so"`);
  expect(xml.endsWith("</testsuites>\n")).toBe(true);
});

test("characters that XML forbids are replaced in names", () => {
  expect(junitDocument("a\u0000b", [junitSuite("c\ud800d", [])])).toMatch(/name="a\ufffdb".*name="c\ufffdd"/s);
});
