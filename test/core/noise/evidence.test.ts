import { describe, expect, it } from "vitest";
import { extractDiffs } from "../../../core/compare/extract.ts";
import { type Evidence, evidenceOf } from "../../../core/noise/evidence.ts";
import type { Pair } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY, type RouteMemory } from "../../../core/verdict/case.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

const dead = { failed: "timeout", latencyMs: 9 } as const;

function evidence(sides: Pick<Pair, "prod" | "shadow"> & Partial<Pair>, memory: RouteMemory = EMPTY_MEMORY): Evidence {
  const found = evidenceOf(extractDiffs(openCase(pairOf(sides))), memory);
  if (found === null) throw new Error("a side gave no answer");
  return found;
}

describe("evidence", () => {
  it("is none where a side gave no answer", () => {
    expect(evidenceOf(openCase(pairOf({ prod: dead, shadow: answer({}) })), EMPTY_MEMORY)).toBeNull();
    expect(evidenceOf(openCase(pairOf({ prod: answer({}), shadow: dead })), EMPTY_MEMORY)).toBeNull();
  });

  it("knows what a second answer moves, by pattern and kind", () => {
    const { moves, scene } = evidence({ prod: answer({ a: 1 }), control: answer({ a: 2 }), shadow: answer({}) });
    expect([moves("$.a", ["value"]), moves("$.a", ["type"]), moves("$.b", ["value"])]).toEqual([true, false, false]);
    expect([scene.hasSecond, scene.varies("$.a", ["type", "value"])]).toEqual([true, true]);
  });

  it("knows what earlier pairs taught", () => {
    const memory = { ...EMPTY_MEMORY, learnedNoise: { "$.a value": 2 } };
    const { moves, learned, scene } = evidence({ prod: answer({}), shadow: answer({}) }, memory);
    expect([moves("$.a", ["value"]), learned("$.a", ["value"]), scene.varies("$.a", ["value"])]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("knows whether a list shrank by more than it does anyway", () => {
    const sides = { prod: answer({ l: ["a", "b", "c", "d", "e"] }), control: answer({ l: ["a", "b", "c", "d"] }) };
    const shrinks = (...l: readonly string[]): boolean =>
      evidence({ ...sides, shadow: answer({ l }) }).shrinksAnyway("$.l[*]");
    expect([shrinks("a", "b"), shrinks("a")]).toEqual([true, false]);
  });

  it("takes the moments of the answers from their dates", () => {
    const dated = answer({}, { headers: { date: "Sat, 21 Nov 2026 10:00:00 GMT" } });
    const { moments } = evidence({ prod: dated, shadow: answer({}) });
    expect(moments).toEqual({ reference: Date.UTC(2026, 10, 21, 10), shadow: null });
  });
});
