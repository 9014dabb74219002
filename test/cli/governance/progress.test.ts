/** The line that says how far a run is. */
import { expect, test } from "vitest";
import { createGovernanceProgress } from "../../../cli/governance/progress.ts";

/** A screen whose clock the test moves. */
function screen(isTerminal: boolean) {
  const written: string[] = [];
  let time = 1_000;
  const progress = createGovernanceProgress({ isTerminal, write: (text) => written.push(text), now: () => time });
  return { written, progress, wait: (ms: number) => (time += ms) };
}

test("a terminal has one line that changes five times a second and is gone in the end", () => {
  const { written, progress, wait } = screen(true);
  progress.say("Reading the change");
  progress.looked(500, 2_000);
  wait(200);
  progress.looked(1_000, 2_000);
  progress.clear();
  progress.clear();
  expect(written.map((text) => text.trim())).toEqual(["Reading the change", "1000 of 2000 files, 0 s", ""]);
  for (const text of written) expect(text.startsWith("\r")).toBe(true);
});

test("elsewhere a run that is over soon says nothing, a long one a line every five seconds", () => {
  const { written, progress, wait } = screen(false);
  progress.say("Reading the change");
  wait(4_999);
  progress.looked(500, 2_000);
  wait(1);
  progress.looked(1_000, 2_000);
  wait(100);
  progress.looked(1_500, 2_000);
  progress.clear();
  expect(written).toEqual(["1000 of 2000 files, 5 s\n"]);
});
