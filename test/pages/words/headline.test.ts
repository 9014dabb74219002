import { describe, expect, it } from "vitest";
import { headline } from "../../../pages/src/words/headline.ts";
import { DRIFTS } from "../../standins/drift-data.ts";
import { DEPLOYMENTS } from "../../standins/report-data.ts";

const [first] = DEPLOYMENTS;
if (first === undefined) throw new Error("no sample deployment");
const sample = first;
const counting = DRIFTS.filter((drift) => drift.noise === null);

function withCounts(counts: Partial<typeof sample.counts>, state: "ready" | "failed" = "ready") {
  const none = { pairs: 0, safe: 0, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 };
  return { ...sample, state, counts: { ...none, ...counts } };
}

describe("headline", () => {
  it("says the verdict in numbers, worst first", () => {
    expect(headline(withCounts({ pairs: 1_240, critical: 100 }), counting)).toBe(
      "9 drifts in 1,240 pairs: 4 Critical, 4 Warning, 1 Undecided",
    );
  });

  it("says that nothing drifted only where something was compared", () => {
    expect(headline(withCounts({ pairs: 1, safe: 1 }), [])).toBe("No drift in 1 pair");
    expect(headline(withCounts({}), [])).toBe("Not enough traffic: no pairs yet");
  });

  it("says where the stack stands while there is nothing to compare", () => {
    expect(headline({ ...withCounts({}), state: "pending" }, [])).toBe(
      "The shadow deployment is starting: no pairs yet",
    );
    expect(headline({ ...withCounts({}), state: "idle" }, [])).toBe("The shadow deployment is idle: no pairs yet");
  });

  it("says that the shadow failed, or never answered", () => {
    expect(headline(withCounts({}, "failed"), [])).toBe("The shadow deployment failed");
    expect(headline(withCounts({ pairs: 7, critical: 7, shadowFailed: 7 }), counting)).toBe(
      "The shadow answered none of 7 pairs",
    );
  });

  it("never reads like success while a pair is not Safe", () => {
    expect(headline(withCounts({ pairs: 9, safe: 7, undecided: 2 }), [])).toBe("2 pairs of 9 not Safe");
  });
});
