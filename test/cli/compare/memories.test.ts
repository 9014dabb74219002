/** Memories of routes: each route its own, and the one that was quiet longest goes first. */
import { expect, test } from "vitest";
import { createMemories, createTeacher, MAX_ROUTES } from "../../../cli/compare/memories.ts";
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
  for (let i = 0; i < MAX_ROUTES; i += 1) memories.learn(`GET /${i}`, lesson());
  memories.learn("GET /0", lesson());
  memories.learn("GET /new", lesson());
  expect(memories.of("GET /1")).toEqual(EMPTY_MEMORY);
  expect([memories.of("GET /0").pairs, memories.of("GET /2").pairs, memories.of("GET /new").pairs]).toEqual([2, 1, 1]);
});

test("what the whole input taught does not depend on its order, also where there are too many routes", () => {
  const routes = Array.from({ length: MAX_ROUTES * 2 }, (_, i) => `GET /${i}`);
  const taught = (order: readonly string[]) => {
    const teacher = createTeacher();
    for (const route of order) teacher.learn(route, lesson());
    const { without } = teacher.learned();
    return routes.map((route) => without(route, lesson()).secondAnswers);
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
