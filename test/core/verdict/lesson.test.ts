import { describe, expect, it } from "vitest";
import { extractDiffs } from "../../../core/compare/extract.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { applyLesson, lessonOf, MAX_LEARNED } from "../../../core/verdict/lesson.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

describe("a case teaches its route", () => {
  const pair = pairOf({ prod: answer({ a: 1, b: [1, 2] }), shadow: answer({}) });

  it("where two answers of the same code differ", () => {
    const lesson = lessonOf(openCase({ ...pair, control: answer({ a: 2, b: [2, 1] }) }));
    expect(lesson).toEqual({
      slow: 0,
      secondAnswers: 1,
      learnedNoise: { "$.a value": 1, "$.b order": 1 },
      differed: {},
    });
  });

  it("where the shadow differs, places that move anyway first", () => {
    const wide = (by: number) => answer(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`f${n}`, n + by])));
    const prod = answer({ ...JSON.parse(wide(0).body), last: 1 });
    const sides = { prod, control: answer({ ...JSON.parse(wide(0).body), last: 2 }) };
    const shadow = answer({ ...JSON.parse(wide(1).body), last: 3 });
    const { differed = {} } = lessonOf(extractDiffs(openCase({ ...pair, ...sides, shadow })));
    expect([Object.keys(differed).length, differed["$.last value"]]).toEqual([MAX_LEARNED, 1]);
  });

  it("that it was slow", () => {
    expect(lessonOf({ ...openCase(pair), slow: true })).toEqual({
      slow: 1,
      secondAnswers: 0,
      learnedNoise: {},
      differed: {},
    });
  });

  it("no more than a route remembers", () => {
    const wide = (by: number) => answer(Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`f${n}`, n + by])));
    const { learnedNoise } = lessonOf(openCase({ ...pair, prod: wide(0), control: wide(1) }));
    expect(Object.keys(learnedNoise)).toHaveLength(MAX_LEARNED);
  });
});

describe("a route's memory", () => {
  it("adds up", () => {
    const lesson = {
      slow: 1,
      secondAnswers: 1,
      learnedNoise: { "$.a value": 1 },
      differed: { "$.b value": 1 },
    } as const;
    const memory = applyLesson(applyLesson(EMPTY_MEMORY, lesson), { ...lesson, slow: 0 });
    expect(memory).toEqual({
      pairs: 2,
      slow: 1,
      secondAnswers: 2,
      learnedNoise: { "$.a value": 2 },
      differed: { "$.b value": 2 },
    });
    expect(EMPTY_MEMORY).toEqual({ pairs: 0, slow: 0, secondAnswers: 0, learnedNoise: {}, differed: {} });
  });

  it("takes no new patterns when it is full, and still counts those it has", () => {
    const learnedNoise = Object.fromEntries(Array.from({ length: MAX_LEARNED }, (_, n) => [`$.f${n} value`, 1]));
    const full = { ...EMPTY_MEMORY, learnedNoise };
    const after = applyLesson(full, { slow: 0, secondAnswers: 1, learnedNoise: { "$.new value": 1, "$.f0 value": 1 } });
    expect(after.learnedNoise).toEqual({ ...learnedNoise, "$.f0 value": 2 });
  });
});
