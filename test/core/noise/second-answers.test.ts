import { describe, expect, it, test } from "vitest";
import { DEFAULT_COMPARISON } from "../../../core/compare/settings.ts";
import { hasSecondAnswer, isLearned, noiseKeys, secondAnswerDifferences } from "../../../core/noise/second-answers.ts";
import type { Pair } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

const dead = { failed: "timeout", latencyMs: 9 } as const;
const pair = pairOf({ prod: answer({ a: 1 }), shadow: answer({ a: 9 }) });

test.each<[string, Partial<Pair>, readonly string[], boolean]>([
  ["no second answer", {}, [], false],
  ["a control that differs", { control: answer({ a: 2 }) }, ["$.a value"], true],
  ["a control that agrees", { control: answer({ a: 1 }) }, [], true],
  ["a control that gave no answer", { control: dead }, [], false],
  ["a control that answered with an error", { control: answer({ e: 1 }, { status: 503 }) }, [], false],
  ["a base stack asked twice", { base: answer({ a: 1 }), baseAgain: answer({ a: "1" }) }, ["$.a type"], true],
  [
    "a control beside a base stack asked once",
    { base: answer({ a: 1 }), control: answer({ a: 2 }) },
    ["$.a value"],
    false,
  ],
  [
    "both asked twice",
    { base: answer({ a: 1 }), baseAgain: answer({ b: 1 }), control: answer({ a: 2 }) },
    ["$.a value", "$.a missing", "$.b extra"],
    true,
  ],
])("%s", (_, sides, keys, has) => {
  const whole = { ...pair, ...sides };
  expect([[...noiseKeys(secondAnswerDifferences(whole))], hasSecondAnswer(whole)]).toEqual([keys, has]);
});

test("another comparison of the same pair is made anew, not remembered", () => {
  const whole = { ...pair, prod: answer({ l: [{ k: 1, v: 1 }] }), control: answer({ l: [{ k: 1, v: 2 }] }) };
  const first = secondAnswerDifferences(whole, DEFAULT_COMPARISON);
  expect(secondAnswerDifferences(whole, DEFAULT_COMPARISON)).toBe(first);
  expect(secondAnswerDifferences(whole, { ...DEFAULT_COMPARISON, listKeys: { "$.l": "v" } })).not.toEqual(first);
});

describe("noise of a route", () => {
  const memory = { ...EMPTY_MEMORY, learnedNoise: { "$.a value": 2, "$.b value": 1 } };

  it("is learned from the second time on", () => {
    expect([isLearned(memory, "$.a value"), isLearned(memory, "$.b value"), isLearned(memory, "$.c value")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("is never a name that objects have by themselves", () => {
    expect(isLearned(memory, "constructor")).toBe(false);
  });
});

it("does not take a control that failed as proof that a value is kept", () => {
  const ids = ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", "f3a1c2d4-1b2c-4d3e-8f9a-7b6c5d4e3f21"];
  const sides = { prod: answer({ x: ids[0] }), shadow: answer({ x: ids[1] }) };
  const failed = pairOf({ ...sides, control: answer({ error: "busy" }, { status: 503 }) });
  expect(judge(failed, EMPTY_MEMORY).judged.verdict).toBe(judge(pairOf(sides), EMPTY_MEMORY).judged.verdict);
});
