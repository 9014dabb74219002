/** Verdicts of whole pairs: what decides, what does not, and what a reasoning says. */
import { describe, expect, it } from "vitest";
import { isAmbiguous } from "../../../core/compare/finding.ts";
import type { Pair } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import type { Decision } from "../../../core/verdict/decision.ts";
import { effectiveVerdict, type SignatureEntry, signatureKey } from "../../../core/verdict/effective.ts";
import { formatVerdict } from "../../../core/verdict/format.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { applyLesson } from "../../../core/verdict/lesson.ts";
import { answer, pairOf } from "../pair/builder.ts";

const judged = (pair: Pair) => judge(pair, EMPTY_MEMORY).judged;
const dead = { failed: "timeout", latencyMs: 5_000 } as const;

describe("the verdict", () => {
  it("is Undecided when production itself gave no answer", () => {
    expect(judged(pairOf({ prod: dead, shadow: answer({}) })).verdict).toBe("Undecided");
    expect(judged(pairOf({ prod: dead, shadow: dead })).verdict).toBe("Undecided");
  });

  it("is Undecided when the base stack answers in another class than production", () => {
    const result = judged(
      pairOf({ prod: answer({}), base: answer({}, { status: 500 }), shadow: answer({}, { status: 500 }) }),
    );
    expect([result.verdict, result.reasoning]).toEqual(["Undecided", expect.stringContaining("environment")]);
  });

  it("judges against the base stack where there is one", () => {
    const pair = pairOf({ prod: answer({ a: 1 }), base: answer({ a: 2 }), shadow: answer({ a: 2 }) });
    expect(judged(pair).verdict).toBe("Safe");
    expect(judged({ ...pair, base: dead }).verdict).toBe("Warning");
  });

  it("is Critical when the shadow never answered, and says why", () => {
    const result = judged(pairOf({ prod: answer({}), shadow: dead }));
    expect([result.verdict, result.reasoning]).toEqual(["Critical", "The shadow gave no answer (timeout)."]);
  });

  it("compares the bodies of a slow pair and of one with another status of the same class", () => {
    const memory = { pairs: 3, slow: 3, secondAnswers: 0, learnedNoise: {} };
    const pair = pairOf({ prod: answer({ a: 1 }), shadow: answer({ a: null }, { latencyMs: 100, status: 202 }) });
    const rules = judge(pair, memory).judged.findings.map(({ rule }) => rule);
    expect(rules).toEqual(["status-changed", "latency-slow", "value-null"]);
  });

  it("speaks of a slow route from the third slow pair on", () => {
    const pair = pairOf({ prod: answer({}), shadow: answer({}, { latencyMs: 100 }) });
    let memory = EMPTY_MEMORY;
    const verdicts = [1, 2, 3, 4].map(() => {
      const { judged: result, lesson } = judge(pair, memory);
      memory = applyLesson(memory, lesson);
      return result.verdict;
    });
    expect(verdicts).toEqual(["Safe", "Safe", "Warning", "Warning"]);
  });

  it("names the worst findings first and counts the others", () => {
    const pair = pairOf({ prod: answer({ a: "x", b: "x", c: "x", d: 1 }), shadow: answer({ a: "y", b: "y", c: "y" }) });
    expect(judged(pair).reasoning).toBe(
      '$.d is missing; the reference has 1. $.a was "x" and is "y". And 2 more findings.',
    );
  });

  it("counts noise in the reasoning of a Safe pair", () => {
    const pair = pairOf({ prod: answer({ n: 1 }), control: answer({ n: 2 }), shadow: answer({ n: 3 }) });
    expect(judged(pair).reasoning).toContain("1 difference suppressed as noise.");
  });

  it("keeps a difference of many list elements one finding with its examples", () => {
    const list = (color: string): unknown => Array.from({ length: 50 }, (_, id) => ({ id, color }));
    const { findings } = judged(pairOf({ prod: answer(list("red")), shadow: answer(list("blue")) }));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.differences).toHaveLength(5);
    expect(findings[0]?.reason).toContain("(and 49 more like it)");
  });
});

describe("a decision", () => {
  const { case: opened, judged: byRules } = judge(
    pairOf({ prod: answer({ color: "red", price: 1 }), shadow: answer({ color: "blue", price: 2 }) }),
    EMPTY_MEMORY,
  );
  const signature = (rule: string): string =>
    byRules.findings.find((finding) => finding.rule === rule)?.signature ?? "";
  const decided = (rule: string, verdict: Decision["verdict"], decidedBy: Decision["decidedBy"]) =>
    new Map([[signature(rule), { verdict, decidedBy, modelVersion: null, reasoning: "Because." }]]);

  it("of a model moves a finding inside the range its rule left open, and not beyond", () => {
    expect(formatVerdict(opened, decided("amount-changed", "Safe", "model")).verdict).toBe("Critical");
    const both = new Map([
      ...decided("value-changed", "Critical", "model"),
      ...decided("amount-changed", "Safe", "person"),
    ]);
    expect(formatVerdict(opened, both)).toMatchObject({ verdict: "Critical", decidedBy: "model" });
  });

  it("of a person holds whatever the rule proved", () => {
    const both = new Map([
      ...decided("value-changed", "Safe", "model"),
      ...decided("amount-changed", "Safe", "person"),
    ]);
    expect(formatVerdict(opened, both)).toMatchObject({ verdict: "Safe", decidedBy: "person" });
  });

  it("gives a stored row the verdict that the pair itself has", () => {
    for (const decisions of [
      new Map(),
      decided("amount-changed", "Warning", "person"),
      decided("value-changed", "Critical", "model"),
    ]) {
      // The column's text is what signatureKey wrote.
      const entries = JSON.parse(signatureKey(byRules.findings)) as SignatureEntry[];
      const { verdict, decidedBy } = formatVerdict(opened, decisions);
      expect(effectiveVerdict(entries, decisions)).toEqual({ verdict, decidedBy });
    }
  });

  it("is asked only where a rule left something open", () => {
    expect(byRules.findings.filter(isAmbiguous).map(({ rule }) => rule)).toEqual(["value-changed"]);
  });
});
