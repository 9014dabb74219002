import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Desired } from "../../../../core/shadow/pull/desired.ts";
import { SITUATIONS, type StandingFacts, situationOf, stepsOf } from "../../../../core/shadow/pull/steps.ts";
import { DEPLOYMENT_STATES } from "../../../../core/wire/api/deployments.ts";

const WANTED: Desired = { kind: "run", sha: "a".repeat(40), attempt: "", since: 0, keep: false };
const CLOSED: Desired = { kind: "none", code: "closed", words: "Closed." };
const UNAPPROVED: Desired = { kind: "wait", code: "fork-unapproved", words: "Waits." };

const DRAFT: Desired = { kind: "wait", code: "draft", words: "Waits." };

const READY: StandingFacts = {
  desired: WANTED,
  record: { id: "7-1-aaaaaaaaaaaa", headSha: "a".repeat(40), state: "ready" },
  plan: "ok",
  unused: false,
  place: true,
  changed: false,
  stacks: "ready",
};

const FACTS: fc.Arbitrary<StandingFacts> = fc.record({
  desired: fc.constantFrom(WANTED, CLOSED, UNAPPROVED, DRAFT),
  record: fc.option(
    fc.record({
      id: fc.constant("id"),
      headSha: fc.constant("a".repeat(40)),
      state: fc.constantFrom(...DEPLOYMENT_STATES),
    }),
  ),
  plan: fc.constantFrom("none", "waiting", "refused", "expired", "ok"),
  unused: fc.boolean(),
  place: fc.boolean(),
  changed: fc.boolean(),
  stacks: fc.constantFrom("unknown", "progressing", "ready", "failed"),
});

describe("the table", () => {
  test.each<[string, Partial<StandingFacts>, string]>([
    ["closed", { desired: CLOSED }, "unwanted"],
    ["a fork's without approval", { desired: UNAPPROVED, plan: "none" }, "waits-for-approval"],
    ["a draft", { desired: DRAFT, plan: "none" }, "unwanted"],
    ["its time is over", { plan: "expired" }, "expired"],
    ["its files are refused", { plan: "refused" }, "refused"],
    ["its image is not there", { plan: "waiting" }, "waits-for-image"],
    ["no place is free", { place: false }, "waits-for-place"],
    ["nothing was mirrored for long", { unused: true }, "unused"],
    ["nothing was mirrored for long, and it never got ready", { unused: true, record: null }, "ready"],
    ["the driver was not asked", { stacks: "unknown" }, "unasked"],
    ["it starts", { stacks: "progressing" }, "progressing"],
    ["it crashes", { stacks: "failed" }, "failed"],
    ["it runs", {}, "ready"],
  ])("%s", (_, some, situation) => {
    expect(situationOf({ ...READY, ...some })).toBe(situation);
  });

  test("every situation can come about", () => {
    const found = new Set(fc.sample(FACTS, 5_000).map(situationOf));
    expect([...SITUATIONS].filter((situation) => !found.has(situation))).toEqual([]);
  });

  test("traffic begins only for what is wanted, planned, placed and ready", () => {
    fc.assert(
      fc.property(FACTS, (facts) => {
        if (!stepsOf(facts).includes("lease")) return;
        expect(facts).toMatchObject({ desired: { kind: "run" }, plan: "ok", place: true, stacks: "ready" });
      }),
    );
  });

  test("other commits lose their traffic before anything is asked of a driver or registered", () => {
    fc.assert(
      fc.property(FACTS, (facts) => {
        const steps = stepsOf(facts);
        if (!steps.includes("withdraw")) expect(steps[0]).toBe("end-others");
      }),
    );
  });

  test("leases end before stacks are removed, and deployments close only afterwards", () => {
    const down = ["withdraw", "remove", "close"];
    expect(stepsOf({ ...READY, desired: CLOSED })).toEqual(down);
    expect(stepsOf({ ...READY, desired: UNAPPROVED })).toEqual([...down, "show-waiting"]);
  });

  test("what gets traffic keeps it while it is only looked at, and loses it before it is changed", () => {
    expect(stepsOf({ ...READY, stacks: "unknown" })).toEqual(["end-others", "ensure"]);
    expect(stepsOf({ ...READY, stacks: "unknown", changed: true })).toEqual(["end-others", "show-pending", "ensure"]);
  });
});
