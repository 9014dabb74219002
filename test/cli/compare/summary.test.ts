/** The summary of a run: counts that add up, the worst routes first, bounded however many routes there are. */
import { describe, expect, test } from "vitest";
import { createTally, summaryLines, worstOf } from "../../../cli/compare/summary.ts";
import type { Verdict } from "../../../core/verdict/severity.ts";

function linesOf(pairs: readonly (readonly [string, Verdict])[], malformed = 0): readonly string[] {
  const tally = createTally();
  for (const [route, verdict] of pairs) tally.add(route, verdict);
  for (let i = 0; i < malformed; i += 1) tally.addMalformed();
  return summaryLines(tally.summary());
}

describe("the lines", () => {
  test("tell the verdicts, worst first, then the routes, worst first", () => {
    const pairs = [
      ["GET /calm", "Safe"],
      ["GET /warm", "Warning"],
      ["GET /hot", "Critical"],
      ["GET /hotter", "Critical"],
      ["GET /hotter", "Critical"],
      ["GET /hotter", "Undecided"],
    ] as const;
    expect(linesOf(pairs)).toEqual([
      "6 pairs judged: 3 Critical, 1 Warning, 1 Undecided, 1 Safe",
      "  GET /hotter: 2 Critical, 1 Undecided",
      "  GET /hot: 1 Critical",
      "  GET /warm: 1 Warning",
      "  GET /calm: 1 Safe",
    ]);
  });

  test("say one and none in words of their own", () => {
    expect(linesOf([["GET /a", "Safe"]], 1)).toEqual([
      "1 pair judged: 1 Safe",
      "  GET /a: 1 Safe",
      "1 malformed line skipped",
    ]);
    expect(linesOf([], 2)).toEqual(["0 pairs judged: none", "2 malformed lines skipped"]);
  });

  test("name twenty routes and count the rest", () => {
    const lines = linesOf(Array.from({ length: 23 }, (_, i) => [`GET /${i}`, "Safe"] as const));
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe("  and 3 more routes");
  });
});

test("routes beyond the bound are counted together, and no pair is lost", () => {
  const tally = createTally();
  for (let i = 0; i < 2_500; i += 1) tally.add(`GET /${i}`, "Safe");
  tally.add("GET /0", "Critical");
  const { routes, judged } = tally.summary();
  expect([judged, routes.size, routes.get("(other routes)")?.Safe]).toEqual([2_501, 2_001, 500]);
  expect(routes.get("GET /0")).toMatchObject({ Safe: 1, Critical: 1 });
});

test.each([
  [{ Safe: 3, Undecided: 0, Warning: 0, Critical: 1 }, "Critical"],
  [{ Safe: 3, Undecided: 1, Warning: 0, Critical: 0 }, "Undecided"],
  [{ Safe: 0, Undecided: 0, Warning: 0, Critical: 0 }, "Safe"],
] as const)("the worst of %j is %s", (counts, verdict) => expect(worstOf(counts)).toBe(verdict));
