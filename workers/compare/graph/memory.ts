/** Route memories as a batch goes through: pairs of one route inside one batch learn from each other, in order. */
import { type Case, EMPTY_MEMORY, type RouteLesson, type RouteMemory } from "../../../core/verdict/case.ts";
import { applyLesson } from "../../../core/verdict/lesson.ts";
import { keyOf } from "../record/known.ts";
import type { Item } from "./state.ts";

export interface RollingMemory {
  of(item: Item): RouteMemory;
  learn(item: Item, lesson: RouteLesson): void;
}

export function rollingMemory(before: ReadonlyMap<string, RouteMemory>): RollingMemory {
  const memories = new Map(before);
  const key = (item: Item) => keyOf(item.captured.deploymentId, item.case.route);
  const of = (item: Item) => memories.get(key(item)) ?? EMPTY_MEMORY;
  return { of, learn: (item, lesson) => void memories.set(key(item), applyLesson(of(item), lesson)) };
}

/** The part of a lesson that the structural check knows. */
export function slowLesson(c: Case): RouteLesson {
  return { slow: c.slow ? 1 : 0, secondAnswers: 0, learnedNoise: {}, differed: {} };
}
