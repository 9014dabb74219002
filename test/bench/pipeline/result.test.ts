/** What the consumer's measurements are judged by. */
import { expect, test } from "vitest";
import { BATCHES, FLOWS, isMissed, type Round, resultOf } from "./result.ts";
import { table } from "./table.ts";

const roundsOf = (ratio: number): readonly Round[] =>
  Array.from({ length: 5 }, (_, at) => ({
    batches: BATCHES.map(() => ({ batchMs: 10, eachMs: 10 * ratio + at })),
    flows: FLOWS.map(() => 500 + at),
  }));

test("a batch that is 20 times as fast as its pairs one by one meets the goal, and 15 times misses it", () => {
  expect(resultOf(roundsOf(20)).batches.map(({ judgement }) => judgement)).toEqual(["met", null, null, null]);
  expect(isMissed(resultOf(roundsOf(20)))).toBe(false);
  expect(isMissed(resultOf(roundsOf(15)))).toBe(true);
});

test("the goal is open while the interval reaches it", () => {
  const rounds = [...roundsOf(15), ...roundsOf(15), ...roundsOf(30), ...roundsOf(30)].slice(0, 19);
  const { batches } = resultOf([...rounds.slice(0, 11), ...rounds.slice(12)]);
  expect(batches[0]?.judgement).toBe("open");
});

test("the table names what was measured, with intervals", () => {
  const text = table(resultOf(roundsOf(25)));
  expect(text).toMatch(/100 pairs +1 KB +25\.2x \[25\.0, 25\.4\] +20x +met/);
  expect(text).toMatch(/1 to a message +1 KB +502 \[500, 504\]/);
});
