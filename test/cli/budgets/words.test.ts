import { describe, expect, test } from "vitest";
import { proposalLine, remarks, tooLittle } from "../../../cli/budgets/words.ts";
import type { Proposal } from "../../../core/budgets/plan.ts";

const EVIDENCE = { runs: 12, fewestOf: "/a", highest: 35.5, highestOf: "/a", leftOut: 0 };
const SITE = { budget: "p95_ms", now: 75, line: 4, start: 0, end: 2, endpoint: null, isRule: false } as const;
const LOWER: Proposal = {
  file: "probe.json",
  site: SITE,
  budget: "p95_ms",
  now: 75,
  wanted: 43,
  proposed: 43,
  outcome: "lower",
  evidence: EVIDENCE,
};

describe("a proposal in words", () => {
  test("says where, what and why", () => {
    expect(proposalLine(LOWER, 1.2)).toBe(
      "probe.json:4 p95_ms: 75 ms -> 43 ms (highest of 12 runs and more: 35.5 ms, /a; times 1.2)",
    );
  });

  test("names the endpoint that it is of alone, and what no file says as the default", () => {
    const own: Proposal = { ...LOWER, site: { ...SITE, endpoint: { method: "POST", path: "/export" } } };
    expect(proposalLine(own, 1.2)).toMatch(/^probe\.json:4 p95_ms of POST \/export: 75 ms -> 43 ms /);
    expect(proposalLine({ ...LOWER, file: null, site: null }, 1.2)).toMatch(
      /^default p95_ms: 75 ms \(the default\) -> 43 ms /,
    );
  });

  test("says of a budget that stays what its history asks for", () => {
    const held: Proposal = { ...LOWER, wanted: 90, proposed: 75, outcome: "held" };
    expect(proposalLine(held, 1.2)).toContain("stays 75 ms; its history asks for 90 ms");
    expect(remarks([held])).toEqual(["Nothing is raised without --allow-raise."]);
    expect(remarks([LOWER])).toEqual([]);
  });

  test("says what is missing: runs, sound ones, or a file to write to", () => {
    const few: Proposal = { ...LOWER, outcome: "too-few-runs", evidence: { ...EVIDENCE, runs: 3, leftOut: 2 } };
    expect(proposalLine(few, 1.2)).toContain("(3 of 10 runs of /a; 2 left out because they failed too often)");
    expect(tooLittle([few], "2 of 2 results files")).toContain("3 of /a is there (2 of 2 results files)");
    expect(tooLittle([], "nowhere")).toContain("no run is there (nowhere)");
    expect(remarks([{ ...LOWER, file: null, site: null }])).toEqual([expect.stringContaining("No file says budgets")]);
  });
});
