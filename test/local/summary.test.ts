/** The summary's words and columns: what stands there is what the result says. */
import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import type { StartResult } from "../../infra/local/result.ts";
import { summaryOf } from "../../infra/local/summary.ts";
import { EMPTY_LEDGER } from "../standins/ledger.ts";
import { COUNTS, drift } from "./report.ts";

const RESULT: StartResult = {
  schemaVersion: 1,
  example: null,
  deploymentId: "1-1-000000000000",
  reportUrl: "http://localhost/report",
  requests: null,
  ledger: EMPTY_LEDGER,
  missing: [],
  counts: { ...COUNTS, pairs: 9, safe: 9 },
  routes: [],
  drifts: [],
  noise: 0,
  outcome: null,
  seconds: 12.4,
  result: "watched",
};

const PLANTED = { id: "gone", route: "GET /a", what: "A box is gone.", found: true, drifts: [] };

function textOf(over: Partial<StartResult>): string {
  return summaryOf({ ...RESULT, ...over }, createColors(false));
}

describe("the head", () => {
  test("shows every verdict and where the other requests went, with reasons that happened", () => {
    const text = textOf({
      requests: { sent: 20, unanswered: 0 },
      ledger: {
        ...EMPTY_LEDGER,
        sampled: 14,
        skipped: { method: 2, credentials: 3, body: 0 },
        dropped: { queue: 1 },
        unrouted: 1,
      },
      counts: { pairs: 9, safe: 2, undecided: 1, warning: 2, critical: 4, shadowFailed: 3 },
      noise: 55,
    });
    const rows = text.trim().split("\n").slice(0, 8);
    expect(rows.map((row) => row.trim().replaceAll(/ +/g, " "))).toEqual([
      "Pairs 9 20 requests sent, 14 sampled, 12 s",
      "Critical 4 3 without an answer of the shadow",
      "Warning 2",
      "Undecided 1",
      "Safe 2 55 differences suppressed as noise",
      "Skipped 5 method 2, credentials 3",
      "Dropped 1 queue 1",
      "No table 1 came before the tee knew its table",
    ]);
  });
});

describe("the drifts", () => {
  test("stand in columns, the ones that are noise left out", () => {
    const noise = { reason: "changes every time" };
    const text = textOf({
      drifts: [
        drift({ count: 12, routePairs: 40 }),
        drift({ verdict: "Warning", route: "GET /long/{id}" }),
        drift({ noise }),
      ],
    });
    const [head = "", first = "", second = ""] = text.split("\n\n")[1]?.split("\n") ?? [];
    expect(head.trim()).toMatch(/^Verdict +Route +Rule +Where +Pairs$/);
    expect(first).toMatch(/Critical +GET \/a +field-removed +\$\.box +12 of 40$/);
    expect(second.indexOf("field-removed")).toBe(first.indexOf("field-removed"));
    expect(second.length).toBe(first.length);
    expect(text).not.toContain("changes every time");
  });

  test("are cut where they are too many, and the rest is counted", () => {
    const text = textOf({ drifts: Array.from({ length: 33 }, (_, i) => drift({ route: `GET /${i}` })) });
    expect(text.match(/field-removed/g)).toHaveLength(30);
    expect(text).toContain("and 3 more in the report");
  });

  test("none means that the versions answer alike", () => {
    expect(textOf({})).toContain("No drift: the two versions answer alike.");
  });

  test("none without a single pair means nothing, and is not called alike", () => {
    const text = textOf({ counts: COUNTS });
    expect(text).toContain("No pair was compared");
    expect(text).not.toContain("alike");
  });
});

describe("the example", () => {
  test("names what was found, what was missed, and false alarms", () => {
    const missed = { ...PLANTED, id: "slow", what: "It takes long.", found: false };
    const text = textOf({
      result: "failed",
      outcome: {
        planted: [PLANTED, missed],
        falseAlarms: [drift({ route: "GET /quiet" })],
        besides: [],
        passed: false,
      },
    });
    expect(text).toContain("Planted regressions: 1 of 2 found");
    expect(text).toMatch(/found +gone +A box is gone\./);
    expect(text).toMatch(/MISSED +slow +It takes long\./);
    expect(text).toContain("FALSE ALARM GET /quiet field-removed $.box");
    expect(text).toContain("Failed:");
  });

  test("says so when nothing was reported where only noise differs", () => {
    const text = textOf({
      result: "passed",
      outcome: { planted: [PLANTED], falseAlarms: [], besides: [], passed: true },
    });
    expect(text).toContain("Nothing was reported where only noise differs.");
    expect(text).toContain("Passed:");
  });
});

test.each([
  [{ result: "undecided", missing: ["a", "b"] }, "Could not decide: not every request is accounted for. a; b."],
  [{ missing: ["a"] }, "Not yet accounted for: a."],
  [{}, "Every request is accounted for."],
] as const)("the foot of %o: %s", (over, words) => {
  expect(textOf(over)).toContain(`${words}\nReport: http://localhost/report`);
});

test("colours change no column", () => {
  const drifts = [drift({}), drift({ verdict: "Warning" })];
  const colored = summaryOf({ ...RESULT, drifts }, createColors(true));
  expect(colored).toContain("\u001B[31mCritical");
  expect(colored.replaceAll(/\u001B\[\d+m/g, "")).toBe(textOf({ drifts }));
});
