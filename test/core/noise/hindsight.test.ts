/** A sensor, read anew for each answer, of which the first pairs were judged before anybody knew that it moves. */
import { expect, test } from "vitest";
import type { Difference } from "../../../core/compare/difference.ts";
import { type Hindsight, hindsightReason } from "../../../core/noise/hindsight.ts";

function sampleOf(reference: string, shadow: string): Difference {
  return { part: "body", kind: "value", path: "$.x", pattern: "$.x", reference, shadow };
}

const SENSOR: Hindsight = {
  floor: "Safe",
  kind: "value",
  count: 1,
  noiseCount: 14,
  pairs: 16,
  secondAnswers: 16,
  differing: 15,
  sample: sampleOf("21", "24"),
};

test("a difference that the reference's own code shows as often is noise after all, with the figures", () => {
  expect(hindsightReason(SENSOR)).toBe(
    "two answers of the same code differ here in 15 of 16 pairs, the shadow's in 15 of 16",
  );
});

test("what a rule calls severe takes many second answers to explain away", () => {
  const price: Hindsight = {
    ...SENSOR,
    floor: "Critical",
    pairs: 40,
    secondAnswers: 19,
    differing: 12,
    count: 2,
    noiseCount: 22,
  };
  expect(hindsightReason(price)).toBeNull();
  expect(hindsightReason({ ...price, secondAnswers: 20 })).toMatch(/in 12 of 20 pairs, the shadow's in 24 of 40/);
});

test("few second answers are called few", () => {
  const few: Hindsight = { ...SENSOR, count: 1, noiseCount: 3, pairs: 5, secondAnswers: 4, differing: 3 };
  expect(hindsightReason(few)).toMatch(/3 of 4 pairs, which is few/);
});

test.each<[why: string, change: Partial<Hindsight>]>([
  ["the shadow shows it far more often than the reference's code", { differing: 4 }],
  ["two coincidences in many second answers are no proof", { pairs: 200, secondAnswers: 200, differing: 2 }],
  ["one second answer that differed is none either", { differing: 1, count: 1, noiseCount: 1, pairs: 2 }],
  ["it counted in more pairs than it was noise", { count: 9, noiseCount: 6 }],
  ["a rule proved it", { floor: "Critical" }],
  ["a field that is gone is never noise", { kind: "missing" }],
  ["a number below zero where there was none is another thing", { sample: sampleOf("21", "-21") }],
  [
    "a clock far from its answer is another thing",
    { sample: sampleOf('"2026-05-04T10:00:00Z"', '"1970-01-01T00:00:00Z"') },
  ],
])("a drift counts where %s", (_, change) => {
  expect(hindsightReason({ ...SENSOR, ...change })).toBeNull();
});
