/** Annotations of GitHub Actions. */
import { expect, it } from "vitest";
import { probeGithub } from "../../../../cli/probe/formats/github.ts";
import type { ProbeReport } from "../../../../cli/probe/report.ts";
import { bad, good, times } from "../../../core/probe/samples.ts";
import { reportOf } from "./reports.ts";

it("each budget that did not hold is an error, with its percent signs escaped", () => {
  const samples = times(20, () => bad("status-500"));
  const lines = probeGithub(reportOf({ samples }, { kind: "failed" }))
    .trimEnd()
    .split("\n");
  expect(lines).toHaveLength(4);
  expect(lines[3]).toBe(
    "::error title=Performance budget::/api/shadow/stats: failures are 100 %25 and have to stay under 5 %25 (status-500 20).",
  );
});

it("more than GitHub shows are counted in the last one", () => {
  const report = reportOf({ samples: times(20, () => good(500)) }, { kind: "failed" });
  const [row] = report.results.budgets ?? [];
  const budgets = Array.from({ length: 14 }, () => row).filter((each) => each !== undefined);
  const many: ProbeReport = { ...report, results: { ...report.results, budgets } };
  const lines = probeGithub(many).trimEnd().split("\n");
  expect([lines.length, lines.at(-1)]).toEqual([
    10,
    "::error title=Performance budget::5 more budgets did not hold; the results have them all.",
  ]);
});

it("a run that passed, was interrupted or found nobody is one line", () => {
  const samples = times(20, () => good(1));
  expect(probeGithub(reportOf({ samples }, { kind: "passed" }))).toMatch(/^::notice .*All budgets.*held\.\n$/);
  expect(probeGithub(reportOf({ samples }, { kind: "interrupted" }))).toMatch(/^::warning .*interrupted\.\n$/);
  expect(probeGithub(reportOf({ samples }, { kind: "unreachable", sentence: "No." }))).toMatch(/^::error .*No\.\n$/);
});
