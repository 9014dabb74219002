import { describe, expect, test } from "vitest";
import { desiredOf } from "../../../../core/shadow/pull/desired.ts";
import type { PullFacts } from "../../../../core/shadow/pull/facts.ts";
import { comments, forkFacts, HEAD, pullFacts } from "./facts.ts";

const POLICY = { drafts: false, now: 50_000 };

function codeOf(pull: PullFacts, policy = POLICY): string {
  const desired = desiredOf(pull, policy);
  return desired.kind === "run" ? "run" : desired.code;
}

describe("whether a pull request gets a shadow", () => {
  test.each<[string, PullFacts, string]>([
    ["an open one does", pullFacts(), "run"],
    [
      "a closed one does not, whatever else",
      pullFacts({ state: "closed", commands: comments(["/shadow retry"]) }),
      "closed",
    ],
    ["a draft does not", pullFacts({ draft: true }), "draft"],
    ["one with the label shadow-off does not", pullFacts({ labels: ["shadow-off"] }), "opted-out"],
    ["a stopped one does not", pullFacts({ commands: comments(["/shadow stop"]) }), "stopped"],
    ["a stopped and retried one does", pullFacts({ commands: comments(["/shadow stop", "/shadow retry"]) }), "run"],
    ["a fork's does not before it is approved", forkFacts(), "fork-unapproved"],
    ["a fork's does when it is approved", forkFacts({ commands: comments(["/shadow approve-fork"]) }), "run"],
    ["one whose fork is gone does not", pullFacts({ head: { sha: HEAD, ref: "x", repository: null } }), "fork-gone"],
  ])("%s", (_, pull, code) => {
    expect(codeOf(pull)).toBe(code);
  });

  test("a draft does where the operator wants it", () => {
    expect(codeOf(pullFacts({ draft: true }), { ...POLICY, drafts: true })).toBe("run");
  });

  test("a fork that waits is told how it is approved, with the whole commit", () => {
    const desired = desiredOf(forkFacts(), POLICY);
    expect(desired).toMatchObject({ kind: "wait", words: expect.stringContaining(`/shadow approve-fork ${HEAD}`) });
  });
});

describe("since when it is wanted", () => {
  function since(pull: PullFacts): number | null {
    const desired = desiredOf(pull, POLICY);
    return desired.kind === "run" ? desired.since : null;
  }

  test("from our first status on the commit, which comes right after its push", () => {
    expect(since(pullFacts())).toBe(1_000);
  });

  test("from now on, before there is one", () => {
    expect(since(pullFacts({ announcedAt: null }))).toBe(50_000);
  });

  test.each<[string, PullFacts, number]>([
    ["retried", pullFacts({ commands: comments(["/shadow retry"], { from: 9_000 }) }), 9_000],
    ["reopened or ready for review", pullFacts({ reopenedAt: 8_000 }), 8_000],
    ["approved", forkFacts({ commands: comments(["/shadow approve-fork"], { from: 7_000 }) }), 7_000],
    ["opened with a commit that was announced elsewhere", pullFacts({ createdAt: 6_000 }), 6_000],
  ])("anew when it is %s", (_, pull, at) => {
    expect(since(pull)).toBe(at);
  });

  test("each retry is another attempt", () => {
    expect(desiredOf(pullFacts(), POLICY)).toMatchObject({ attempt: "", keep: false });
    const retried = pullFacts({ commands: comments(["/shadow retry", "/shadow retry"]), labels: ["shadow-keep"] });
    expect(desiredOf(retried, POLICY)).toMatchObject({ attempt: "2", keep: true });
  });
});
