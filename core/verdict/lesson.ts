/** What a case teaches its route: whether it was slow, and where two answers of the same code differed. */
import { hasSecondAnswer, noiseKeys, secondAnswerDifferences } from "../noise/second-answers.ts";
import type { Case, RouteLesson, RouteMemory } from "./case.ts";

/** Patterns that one route remembers; a route with more of them is noise all over. */
export const MAX_LEARNED = 200;

export function lessonOf(c: Case): RouteLesson {
  // Without bodies there is nothing to learn from; that there was a second answer still counts.
  const second = c.pair.settled === undefined ? secondAnswerDifferences(c.pair) : [];
  const keys = [...noiseKeys(second)].slice(0, MAX_LEARNED);
  return {
    slow: c.slow ? 1 : 0,
    secondAnswers: hasSecondAnswer(c.pair) ? 1 : 0,
    learnedNoise: Object.fromEntries(keys.map((key) => [key, 1])),
  };
}

/** The route's memory after one more pair. New patterns are dropped when it is full. */
export function applyLesson(memory: RouteMemory, lesson: RouteLesson): RouteMemory {
  const learned = new Map(Object.entries(memory.learnedNoise));
  for (const [key, count] of Object.entries(lesson.learnedNoise))
    if (learned.has(key) || learned.size < MAX_LEARNED) learned.set(key, (learned.get(key) ?? 0) + count);
  return {
    pairs: memory.pairs + 1,
    slow: memory.slow + lesson.slow,
    secondAnswers: memory.secondAnswers + lesson.secondAnswers,
    learnedNoise: Object.fromEntries(learned),
  };
}
