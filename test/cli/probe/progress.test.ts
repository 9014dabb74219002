/** How far a probe is. */
import { expect, it } from "vitest";
import { createProbeProgress } from "../../../cli/probe/progress.ts";

function shown(isTerminal: boolean): string {
  let [written, now] = ["", 0];
  const progress = createProbeProgress({ isTerminal, write: (text) => (written += text), now: () => now });
  for (let done = 1; done <= 10; done += 1) {
    now += 30;
    progress.show("/a", done, 10);
  }
  progress.clear();
  return written;
}

it("is a line per endpoint in a log", () => {
  expect(shown(false)).toBe("/a: 10 requests\n");
});

it("is one line that changes now and then on a terminal, and is gone at the end", () => {
  const lines = shown(true)
    .split("\r")
    .map((line) => line.trim());
  expect(lines.filter((line) => line !== "")).toEqual(["/a: 1 of 10", "/a: 5 of 10", "/a: 9 of 10", "/a: 10 of 10"]);
  expect(shown(true)).toMatch(/\r *\r$/);
});
