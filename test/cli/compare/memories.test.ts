/** Memories of routes: each route its own, and the one that was quiet longest goes first. */
import { expect, test } from "vitest";
import { createMemories, MAX_ROUTES } from "../../../cli/compare/memories.ts";
import { readPair } from "../../../cli/compare/read-pair.ts";
import { EMPTY_MEMORY, type RouteLesson } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { recordedLine } from "./recorded.ts";

/** What a pair with a second answer teaches. */
function lesson(): RouteLesson {
  const pair = readPair(recordedLine({ prod: { a: 1 }, shadow: { a: 1 }, control: { a: 2 } }));
  if (!pair.ok) throw new Error(pair.detail);
  return judge(pair.value, EMPTY_MEMORY).lesson;
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
