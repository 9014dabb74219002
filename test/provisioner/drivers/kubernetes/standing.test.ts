import { describe, expect, test } from "vitest";
import type { Await } from "../../../../core/shadow/kubernetes/stack.ts";
import { holds, type WorkloadStanding } from "../../../../infra/provisioner/drivers/kubernetes/standing.ts";

const FAILED: WorkloadStanding = { state: "failed", failure: "crash-loop", words: "it ended", log: null };
const STARTING: WorkloadStanding = { state: "starting", words: "0 of 1 ready", pod: null };

function awaits(until: Await["until"], required = true): Await {
  return { workload: "db", until, required };
}

describe("a group's turn", () => {
  test.each([
    ["ready", "ready", true],
    ["ready", "done", true],
    ["ready", "running", false],
    ["completed", "done", true],
    ["completed", "running", false],
    ["completed", "ready", false],
    ["settled", "running", true],
    ["settled", "done", true],
  ] as const)("%s: a workload that is %s holds it: %s", (until, state, yes) => {
    expect(holds(awaits(until), { state })).toBe(yes);
  });

  test.each(["ready", "completed", "settled"] as const)("%s: neither waiting nor starting is enough", (until) => {
    expect(holds(awaits(until), { state: "waiting" })).toBe(false);
    expect(holds(awaits(until), STARTING)).toBe(false);
  });

  test("what failed lets those go on who do not need it, and nobody else", () => {
    expect(holds(awaits("ready"), FAILED)).toBe(false);
    expect(holds(awaits("ready", false), FAILED)).toBe(true);
    expect(holds(awaits("ready", false), STARTING)).toBe(false);
  });

  test("what is not part of the stack is not waited for", () => {
    expect(holds(awaits("ready"), undefined)).toBe(true);
  });
});
