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

const at = (path: string) => ({ path, pattern: path });

describe("evidence", () => {
  it("is none where a side gave no answer", () => {
    expect(evidenceOf(openCase(pairOf({ prod: dead, shadow: answer({}) })), EMPTY_MEMORY)).toBeNull();
    expect(evidenceOf(openCase(pairOf({ prod: answer({}), shadow: dead })), EMPTY_MEMORY)).toBeNull();
  });

  it("knows what a second answer moves, by pattern and kind", () => {
    const { moves, scene } = evidence({ prod: answer({ a: 1 }), control: answer({ a: 2 }), shadow: answer({}) });
    expect([moves(at("$.a"), ["value"]), moves(at("$.a"), ["type"]), moves(at("$.b"), ["value"])]).toEqual([
      true,
      false,
      false,
    ]);
    expect([scene.hasSecond, scene.varies("$.a", ["value"])]).toEqual([true, true]);
  });

  it("knows lines of a text by their number, because nothing else tells them apart", () => {
    const text = (...lines: readonly string[]) =>
      answer(lines.join("\n"), { headers: { "content-type": "text/plain" } });
    const { moves } = evidence({
      prod: text("a", "b", "c"),
      control: text("a", "x", "c"),
      shadow: text("a", "b", "y"),
    });
    const line = (n: number) => ({ pattern: "body:line *", path: `body:line ${n}` });
    expect([moves(line(2), ["value"]), moves(line(3), ["value"])]).toEqual([true, false]);
  });

  it("believes that a type varies only of many second answers", () => {
    const sides = { prod: answer({ a: 1 }), control: answer({ a: null }), shadow: answer({}) };
    const varies = (secondAnswers: number, count: number, shadow: number): boolean => {
      const learnedNoise = { "$.a type": count };
      const memory = { ...EMPTY_MEMORY, pairs: 40, secondAnswers, learnedNoise, differed: { "$.a type": shadow } };
      return evidence(sides, memory).scene.varies("$.a", ["type"]);
    };
    expect([varies(0, 0, 0), varies(19, 9, 10), varies(40, 12, 11), varies(40, 12, 39)]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it("knows what no second answer ever moved", () => {
    const kept = (control: unknown, memory: RouteMemory): boolean => {
      const second = control === undefined ? {} : { control: answer(control) };
      return evidence({ prod: answer({ a: 1 }), shadow: answer({ a: 3 }), ...second }, memory).kept(at("$.a"), "value");
    };
    const moved = { ...EMPTY_MEMORY, learnedNoise: { "$.a value": 1 } };
    const long = { ...EMPTY_MEMORY, secondAnswers: 20 };
    expect([kept(undefined, EMPTY_MEMORY), kept({ a: 1 }, EMPTY_MEMORY), kept({ a: 2 }, EMPTY_MEMORY)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([kept({ a: 1 }, moved), kept(undefined, long), kept(undefined, { ...long, ...moved })]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("knows what earlier pairs taught", () => {
    const memory = { ...EMPTY_MEMORY, learnedNoise: { "$.a value": 2 } };
    const { moves, learned, scene } = evidence({ prod: answer({}), shadow: answer({}) }, memory);
    expect([moves(at("$.a"), ["value"]), learned(at("$.a"), ["value"]), scene.varies("$.a", ["value"])]).toEqual([
      false,
      { count: 2, of: 2 },
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
