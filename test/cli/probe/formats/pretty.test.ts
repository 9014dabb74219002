/** What people read. */
import { expect, it } from "vitest";
import { pretty } from "../../../../cli/probe/formats/pretty.ts";
import { bad, good, times } from "../../../core/probe/samples.ts";
import { reportOf } from "./reports.ts";

it("each budget is a row with its mark, each fault is told once, and the last line says how it ended", () => {
  const samples = [...times(17, () => good(10)), good(80), bad("status-500"), bad("status-500")];
  const text = pretty(reportOf({ samples }, { kind: "failed" }, "--max-failure-rate", "0.2"), false);
  expect(text).toBe(`http://localhost:8001: 20 requests of each endpoint, 1 at a time
Budgets that are not the defaults: failures < 20 % (--max-failure-rate)

GET /api/shadow/stats  20 sent, 2 failed, p50 10 ms
  ✗ FAIL p95       80 ms <  75 ms  max of 18
  ✓ pass p99       80 ms < 120 ms  max of 18
  ✓ pass size       1 KB <  25 KB  mean; max 1 KB
  ✓ pass failures   10 % <   20 %  status-500 2
    2 x it was status-500

POST /api/shadow/events  20 sent, 0 failed, p50 5 ms
  ✓ pass p95       5 ms <  75 ms
  ✓ pass p99       5 ms < 120 ms  max of 20
  ✓ pass size      1 KB <  25 KB  mean; max 1 KB
  ✓ pass failures   0 % <   20 %

Failed: 1 of 8 budgets did not hold.
`);
});

it("a place that repeats the defaults is not news", () => {
  const samples = times(20, () => good(10));
  const text = pretty(
    reportOf({ samples }, { kind: "passed" }, "--p95-threshold", "75", "--p99-threshold", "90"),
    false,
  );
  expect(text).toContain("\nBudgets that are not the defaults: p99 < 90 ms (--p99-threshold)\n");
});

it("a time that is not judged has no mark beside a ratio that is", () => {
  const sides = { samples: times(20, () => good(90)), compare: times(20, () => good(89)) };
  const text = pretty(reportOf(sides, { kind: "passed" }, "--compare-url", "http://localhost:8000"), false);
  expect(text).toContain("http://localhost:8001 against http://localhost:8000: 20 requests");
  expect(text).toMatch(/·\s+p95\s+90 ms <\s+75 ms {2}not judged: the ratio decides/);
  expect(text).toMatch(/✓ pass p95 ratio {2}1\.01 times < 1\.25 times {2}1\.01 to 1\.01 with 95 %; \+1 ms/);
  expect(text).toMatch(/Passed: all 8 budgets held\.\n$/);
});

it("where nobody is there, one sentence says so, and no table of zeros", () => {
  const sentence = "http://localhost:8001 cannot be reached.";
  expect(pretty(reportOf({ samples: [] }, { kind: "unreachable", sentence }), false)).toBe(`${sentence}\n`);
});

it("an interrupted run says so, and colours are there only where they are wanted", () => {
  const report = reportOf({ samples: [good(1)] }, { kind: "interrupted" });
  expect(pretty(report, false)).toMatch(/Interrupted: .*until then\.\n$/);
  expect([pretty(report, true).includes("\u001b["), pretty(report, false).includes("\u001b[")]).toEqual([true, false]);
});

it("what a service says of itself speaks neither to the terminal nor to the runner of CI", () => {
  const told = { ...bad("status-302"), detail: "status 302 to \u009b2J\n::error::x##[add-mask]true" };
  const text = pretty(reportOf({ samples: times(20, () => told) }, { kind: "failed" }), false);
  expect(text).toContain("20 x status 302 to \\u{9b}2J ::error::x#\\u{23}[add-mask]true\n");
});
