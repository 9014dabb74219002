/** The figures are the ones their names promise, worked out by hand. */
import { describe, expect, test } from "vitest";
import type { Severity, Verdict } from "../../core/verdict/severity.ts";
import { missedGoals, scoreOf } from "./score.ts";

const answered = (label: Severity, said: Verdict, times = 1) =>
  Array.from({ length: times }, () => ({ label: { verdict: label }, said }));

const mixed = [
  ...answered("Safe", "Safe", 3),
  ...answered("Safe", "Warning"),
  ...answered("Warning", "Warning", 2),
  ...answered("Critical", "Critical", 2),
  ...answered("Critical", "Undecided"),
  ...answered("Critical", "Safe"),
];

describe("ten pairs, seven of them right", () => {
  const score = scoreOf(mixed);

  test("accuracy is the share that is right", () => {
    expect(score.accuracy).toBeCloseTo(0.7);
  });

  test("macro-F1 is the mean over the three verdicts", () => {
    expect(score.macroF1).toBeCloseTo((6 / 8 + 4 / 5 + 4 / 6) / 3);
  });

  test("a Safe pair that was called anything to act on is a false alarm", () => {
    expect(score.falseAlarms).toBeCloseTo(1 / 4);
  });

  test("a Critical pair called Undecided is missed, one called Safe is counted by itself too", () => {
    expect(score.criticalMissed).toBeCloseTo(2 / 4);
    expect(score.criticalCalledSafe).toBe(1);
  });

  test("all four goals are missed", () => {
    expect(missedGoals(score)).toEqual(["accuracy", "falseAlarms", "criticalCalledSafe", "criticalMissed"]);
  });
});

test("a judge that is always right misses no goal", () => {
  const right = [...answered("Safe", "Safe"), ...answered("Warning", "Warning"), ...answered("Critical", "Critical")];
  expect(missedGoals(scoreOf(right))).toEqual([]);
  expect(scoreOf(right).macroF1).toBe(1);
});
