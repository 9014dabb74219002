import { expect, test } from "vitest";
import { shadowDelta } from "../../../core/report/shadow-delta.ts";

const answer = (latencyMs: number) => ({ status: 200, headers: {}, body: "", latencyMs });
const none = { failed: "timeout", latencyMs: 10_000 } as const;

test.each([
  ["the shadow less production", { prod: answer(10), shadow: answer(12.5) }, 2.5],
  ["less than zero where the shadow was faster", { prod: answer(30), shadow: answer(12) }, -18],
  [
    "the second answer of production before its first",
    { prod: answer(10), shadow: answer(12), control: answer(11) },
    1,
  ],
  ["production where no second answer came", { prod: answer(10), shadow: answer(12), control: none }, 2],
  ["the second answer where the first is missing", { prod: none, shadow: answer(12), control: answer(11) }, 1],
  ["nothing where the shadow never answered", { prod: answer(10), shadow: none }, null],
  ["nothing where no reference answered", { prod: none, shadow: answer(12) }, null],
])("a delta is %s", (_, pair, delta) => {
  expect(shadowDelta(pair)).toBe(delta);
});
