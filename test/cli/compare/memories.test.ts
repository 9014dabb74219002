/** Memories of routes: each route its own, and the one that was quiet longest goes first. */
import { describe, expect, test } from "vitest";
import {
  createMemories,
  createTeacher,
  MAX_DIFFERED,
  MAX_RESTLESS,
  MAX_ROUTES,
} from "../../../cli/compare/memories.ts";
import { readPair } from "../../../cli/compare/read-pair.ts";
import type { Pair } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY, type RouteLesson } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { recordedLine } from "./recorded.ts";

const PAIR = pairOf(recordedLine({ prod: { a: 1 }, shadow: { a: 1 }, control: { a: 2 } }));

function pairOf(line: string): Pair {
  const pair = readPair(line);
  if (!pair.ok) throw new Error(pair.detail);
  return pair.value;
}

/** What a pair with a second answer teaches. */
function lesson(pair: Pair = PAIR): RouteLesson {
  return judge(pair, EMPTY_MEMORY).lesson;
}

test("a route remembers what its pairs taught, and another route nothing of it", () => {
  const memories = createMemories();
  memories.learn("GET /a", lesson());
  memories.learn("GET /a", lesson());
  expect(memories.of("GET /a").pairs).toBe(2);
  expect(memories.of("GET /b")).toEqual(EMPTY_MEMORY);
});

test("of too many routes the one that was quiet longest is forgotten", () => {
  const memories = createMemories();
  const own = lesson();
  for (let i = 0; i < MAX_ROUTES; i += 1) memories.learn(`GET /${i}`, own);
  memories.learn("GET /0", own);
  memories.learn("GET /new", own);
  expect(memories.of("GET /1")).toEqual(EMPTY_MEMORY);
  expect([memories.of("GET /0").pairs, memories.of("GET /2").pairs, memories.of("GET /new").pairs]).toEqual([2, 1, 1]);
});

test("what the whole input taught does not depend on its order, also where there are too many routes", () => {
  const routes = Array.from({ length: MAX_ROUTES * 2 }, (_, i) => `GET /${i}`);
  const own = lesson();
  const taught = (order: readonly string[]) => {
    const teacher = createTeacher();
    for (const route of order) teacher.learn(route, own);
    const { without } = teacher.learned();
    return routes.map((route) => without(route, own).secondAnswers);
  };
  const forwards = taught([...routes, ...routes]);
  expect(forwards).toEqual(taught([...routes, ...routes].toReversed()));
  expect(forwards.filter((count) => count === 1)).toHaveLength(MAX_ROUTES);
});

test("what a pair itself taught is not held for or against it", () => {
  const slow = { ...PAIR, prod: { ...PAIR.prod, latencyMs: 10 }, control: PAIR.prod };
  const own = lesson({ ...slow, shadow: { ...PAIR.shadow, latencyMs: 900 } });
  const teacher = createTeacher();
  for (let i = 0; i < 2; i += 1) teacher.learn("GET /a", own);
  teacher.learn("GET /a", lesson());
  expect(teacher.learned().without("GET /a", own)).toMatchObject({
    pairs: 2,
    slow: 1,
    secondAnswers: 2,
    learnedNoise: { "$.a value": 1 },
  });
  expect(teacher.learned().without("GET /a", lesson())).toMatchObject({ pairs: 2, slow: 2, learnedNoise: {} });
});

describe("more patterns than are kept:", () => {
  const none = { slow: 0, secondAnswers: 0, learnedNoise: {}, differed: {} } as const;
  const counts = (names: readonly string[]) => Object.fromEntries(names.map((name) => [`$.${name} value`, 1]));
  const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const taught = (lessons: readonly RouteLesson[]) => {
    const teacher = createTeacher();
    for (const each of lessons) teacher.learn("GET /a", each);
    return teacher.learned().without("GET /a", none);
  };
  const teaching = (noise: readonly string[], differed: readonly string[]): RouteLesson => ({
    slow: 0,
    secondAnswers: 1,
    learnedNoise: counts(noise),
    differed: counts(differed),
  });

  test("what is learned does not depend on the order of pairs", () => {
    const lessons = names(MAX_RESTLESS * 2, "a").map((name, i) => teaching([name, `b${i % 50}`], [name, `b${i % 50}`]));
    const learned = taught(lessons);
    expect(Object.keys(learned.learnedNoise)).toHaveLength(MAX_RESTLESS);
    expect(learned).toEqual(taught(lessons.toReversed()));
  });

  test("a pattern whose share in the shadow is not known is not learned as noise", () => {
    const noise = names(20, "n");
    const learned = taught([teaching(noise, noise), ...names(MAX_DIFFERED, "d").map((name) => teaching([], [name]))]);
    expect(Object.keys(learned.learnedNoise)).toEqual(Object.keys(learned.differed ?? {}));
    expect(Object.keys(learned.learnedNoise).length).toBeLessThan(noise.length);
  });
});
