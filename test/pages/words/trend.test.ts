import { describe, expect, it } from "vitest";
import type { Trend } from "../../../core/wire/api/trends.ts";
import {
  budgetFigure,
  failedWords,
  figuresUsed,
  groupWords,
  levelOf,
  originWords,
  outlook,
  percentUsed,
  stepWords,
  trendsHeadline,
} from "../../../pages/src/words/trend.ts";
import { trendsFor } from "../../standins/trend-data.ts";

type Use = Trend["budgets"][number];

function used(own: Partial<Use>): Use {
  return { budget: "p95_ms", threshold: 75, value: 51, use: 0.68, warning: false, daysToBreach: null, ...own };
}

describe("the use of a budget in words", () => {
  it.each([
    [0, "0 %"],
    [0.004, "<1 %"],
    [0.57, "57 %"],
    [0.799, "79 %"],
    [0.8, "80 %"],
    [0.9999, "99 %"],
    [1, "100 %"],
    [2.345, "234 %"],
  ])("%d of it is %s: 100 %% is said of what is over it only", (share, words) => {
    expect(percentUsed(share)).toBe(words);
  });

  it("is over at the threshold, and close from where the API warns", () => {
    expect(levelOf(used({ use: 1, warning: true }))).toBe("over");
    expect(levelOf(used({ use: 0.9999, warning: true }))).toBe("near");
    expect(levelOf(used({ use: 0.8, warning: false }))).toBe("held");
  });

  it("writes each figure in the unit of its budget", () => {
    expect(figuresUsed(used({}))).toBe("51 ms of 75 ms");
    expect(figuresUsed(used({ budget: "size_kb", value: 12.3456, threshold: 25 }))).toBe("12.3 KB of 25 KB");
    expect(budgetFigure("failure_rate", 0.055)).toBe("5.5 %");
  });

  it.each([
    [{ use: 1.2, warning: true, daysToBreach: 3 }, "over the budget"],
    [{ use: 0.9, warning: true, daysToBreach: 12.9 }, "close to the budget: at this pace over it in about 12 days"],
    [{ use: 0.9, warning: true }, "close to the budget"],
    [{ use: 0.5, daysToBreach: 1.2 }, "at this pace over it in about 1 day"],
    [{ use: 0.5, daysToBreach: 0.2 }, "at this pace over it within a day"],
    [{ use: 0.5 }, ""],
  ])("%o leads to: %s", (own, words) => {
    expect(outlook(used(own))).toBe(words);
  });
});

describe("a step in words", () => {
  const step = { run: "r", at: "2026-11-03T00:00:00Z", commit: "a1b2c3d4e5f6", before: 41.2, after: 62.4 };

  it("says how far p95 moved and with which commit", () => {
    expect(stepWords(step)).toBe("p95 rose from 41 ms to 62 ms (1.5 ×) with commit a1b2c3d");
    expect(stepWords({ ...step, before: 62.4, after: 31.2, commit: null })).toBe(
      "p95 fell from 62 ms to 31 ms (0.5 ×)",
    );
    expect(stepWords({ ...step, before: 0, commit: null })).toBe("p95 rose from 0 ms to 62 ms");
  });
});

describe("what is said first", () => {
  const [stepped] = trendsFor(new URLSearchParams()).items;

  it("counts endpoints by their worst budget, and never counts one without budgets as one that holds them", () => {
    const none = { over: 0, near: 0, unknown: 0, held: 0 };
    expect(trendsHeadline({ ...none, held: 1 })).toBe("1 endpoint, within all budgets");
    expect(trendsHeadline({ ...none, near: 1, held: 1 })).toBe("2 endpoints: 1 close to a budget");
    expect(trendsHeadline({ ...none, unknown: 1 })).toBe("1 endpoint: 1 without a budget");
    expect(trendsHeadline({ ...none, over: 1, near: 1, unknown: 1 })).toBe(
      "3 endpoints: 1 over a budget, 1 close to one, 1 without any",
    );
  });

  it("names the regions whose newest run failed where the newest of all did not", () => {
    const newest = { run: "r", at: "2026-11-03T00:00:00Z", commit: null, passed: true };
    expect(failedWords({ newest, failedIn: [] })).toBe("");
    expect(failedWords({ newest, failedIn: ["", "us"] })).toBe("the newest run failed in no named region, us");
    expect(failedWords({ newest: { ...newest, passed: false }, failedIn: ["us"] })).toBe("the newest run failed");
  });

  it("says what a group of runs comes to", () => {
    const thinned = {
      from: "",
      runs: [5, 1],
      failed: [2, 0],
      p95_ms: [81.25, 40],
      p99_ms: [],
      size_kb: [],
      failure_rate: [],
    };
    expect(groupWords(thinned, 0)).toBe("5 runs, 2 failed: p95 up to 81 ms");
    expect(groupWords(thinned, 1)).toBe("1 run: p95 up to 40 ms");
  });

  it("says where a run was made as far as that is known", () => {
    const [point] = stepped?.points ?? [];
    if (point === undefined) throw new Error("no sample data");
    expect(originWords(point)).toBe("main a1b2c3d");
    expect(originWords({ ...point, pull: 128, branch: "feature/x", region: "eu" })).toBe(
      "#128 feature/x a1b2c3d in eu",
    );
    expect(originWords({ ...point, branch: null, commit: null })).toBe("unknown origin");
  });
});
