/** What is said while a replay goes on, and at its end. */
import { expect, test } from "vitest";
import { createReplayProgress, sentLines } from "../../../cli/replay/progress.ts";
import type { Sent } from "../../../cli/replay/replay.ts";

const SENT: Sent = {
  total: 100,
  pairs: 40,
  malformed: 1,
  skipped: { method: 8, host: 1, "not-http": 0, redacted: 0, credentials: 0 },
  credentials: 1,
  gone: null,
};

function shown(isTerminal: boolean, times: readonly number[]): readonly string[] {
  const written: string[] = [];
  let now = 0;
  const progress = createReplayProgress({ isTerminal, write: (text) => void written.push(text), now: () => now });
  for (const time of times) {
    now = time;
    progress.show(SENT);
  }
  progress.clear();
  return written;
}

test("a terminal has one line that changes and is wiped, a log a line every ten seconds", () => {
  const terminal = shown(true, [100, 250, 300, 4_000]);
  expect(terminal).toHaveLength(3);
  expect(terminal[1]).toMatch(/^\r50 of 100 requests, 10\.0 a second, 5 s left +$/);
  expect(terminal[2]?.trim()).toBe("");
  expect(shown(false, [100, 4_000, 10_000, 12_000])).toEqual(["50 of 100 requests, 4.0 a second, 13 s left\n"]);
});

test("the end says what was left out, why, and how to send it", () => {
  expect(sentLines(SENT)).toEqual([
    "40 requests sent",
    "  8 requests left out: would change something; --unsafe-methods sends them too",
    "  1 request left out: went to other hosts; --host names those to take",
    "  1 request could not be read",
    expect.stringMatching(/^ {2}1 header with recorded credentials left out; --header/),
  ]);
});
