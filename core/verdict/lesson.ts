/** What a case teaches its route: whether it was slow, where two answers of the same code differed, and where the shadow did. */
import { noiseKeys, secondAnswerDifferences, wasAskedTwice } from "../noise/second-answers.ts";
import type { Case, RouteLesson, RouteMemory } from "./case.ts";

/** Patterns that one route remembers; a route with more of them is noise all over. */
export const MAX_LEARNED = 200;

export function lessonOf(c: Case): RouteLesson {
  // Without bodies there is nothing to learn from; that there was a second answer still counts.
  const second = c.pair.settled === undefined ? secondAnswerDifferences(c.pair, c.comparison) : [];
  const restless = noiseKeys(second);
  // Where second answers differ, how often the shadow does matters most: those keys come first when there are too many.
  const differed = [...noiseKeys(c.differences)].toSorted((a, b) => Number(restless.has(b)) - Number(restless.has(a)));
  return {
    slow: c.slow ? 1 : 0,
    secondAnswers: wasAskedTwice(c.pair) ? 1 : 0,
    learnedNoise: onceEach([...restless]),
    differed: onceEach(differed),
  };
}

/** The route's memory after one more pair. New patterns are dropped when it is full. */
export function applyLesson(memory: RouteMemory, lesson: RouteLesson): RouteMemory {
  return {
    pairs: memory.pairs + 1,
    slow: memory.slow + lesson.slow,
    secondAnswers: memory.secondAnswers + lesson.secondAnswers,
    learnedNoise: addedUp(memory.learnedNoise, lesson.learnedNoise),
    differed: addedUp(memory.differed ?? {}, lesson.differed ?? {}),
  };
}

/** The memory of a route without what one of its pairs taught. */
export function withoutLesson(memory: RouteMemory, lesson: RouteLesson): RouteMemory {
  return {
    pairs: Math.max(0, memory.pairs - 1),
    slow: Math.max(0, memory.slow - lesson.slow),
    secondAnswers: Math.max(0, memory.secondAnswers - lesson.secondAnswers),
    learnedNoise: takenAway(memory.learnedNoise, lesson.learnedNoise),
    differed: takenAway(memory.differed ?? {}, lesson.differed ?? {}),
  };
}

function takenAway(
  counts: Readonly<Record<string, number>>,
  less: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const rest = Object.entries(counts).map(([key, count]): [string, number] => [
    key,
    count - (Object.hasOwn(less, key) ? (less[key] ?? 0) : 0),
  ]);
  return Object.fromEntries(rest.filter(([, count]) => count > 0));
}

function onceEach(keys: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(keys.slice(0, MAX_LEARNED).map((key) => [key, 1]));
}

function addedUp(
  before: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const counts = new Map(Object.entries(before));
  for (const [key, count] of Object.entries(more))
    if (counts.has(key) || counts.size < MAX_LEARNED) counts.set(key, (counts.get(key) ?? 0) + count);
  return Object.fromEntries(counts);
}
