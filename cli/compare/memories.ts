/** What pairs taught about each route, bounded. As they come, or, with `--learn`, from the whole file before anything is judged. */
import { hashText } from "../../core/compare/hash.ts";
import { EMPTY_MEMORY, type RouteLesson, type RouteMemory } from "../../core/verdict/case.ts";
import { applyLesson, withoutLesson } from "../../core/verdict/lesson.ts";
import { createKept, type Kept } from "./kept.ts";

/** Routes that are remembered at a time. */
export const MAX_ROUTES = 500;

export interface Memories {
  readonly of: (route: string) => RouteMemory;
  readonly learn: (route: string, lesson: RouteLesson) => void;
}

/** What all pairs of an input taught. */
export interface Learned {
  /** What the other pairs taught about the route of a pair that teaches this. */
  readonly without: (route: string, lesson: RouteLesson) => RouteMemory;
}

/** Of too many routes the one that was quiet longest is forgotten. */
export function createMemories(): Memories {
  const byRoute = new Map<string, RouteMemory>();
  return {
    of: (route) => byRoute.get(route) ?? EMPTY_MEMORY,
    learn: (route, lesson) => {
      const memory = applyLesson(byRoute.get(route) ?? EMPTY_MEMORY, lesson);
      // Deleted first, so that the map's order is the order of last use.
      byRoute.delete(route);
      byRoute.set(route, memory);
      const oldest = byRoute.keys().next().value;
      if (byRoute.size > MAX_ROUTES && oldest !== undefined) byRoute.delete(oldest);
    },
  };
}

/** Patterns of a route that second answers moved, and patterns in which its shadow differed, when a whole file is learned. */
export const MAX_RESTLESS = 200;
export const MAX_DIFFERED = 1_000;

/** What is added up of one route. Which of too many patterns are kept does not depend on the order of pairs either. */
interface Sum {
  pairs: number;
  slow: number;
  secondAnswers: number;
  readonly learnedNoise: Kept<Count>;
  readonly differed: Kept<Count>;
}

interface Count {
  readonly key: string;
  times: number;
}

/** Taught by one pass over all pairs; which of too many routes are remembered does not depend on the order of pairs. */
export function createTeacher(): { readonly learn: Memories["learn"]; readonly learned: () => Learned } {
  const sums = createKept<Sum>(MAX_ROUTES);
  return {
    learn: (route, lesson) => {
      const sum = sums.get(route) ?? emptySum();
      if (sums.set(route, orderOf(route), sum)) addLesson(sum, lesson);
    },
    learned: () => {
      const memories = new Map<string, RouteMemory>();
      return {
        without: (route, lesson) => {
          const memory = memories.get(route) ?? memoryOf(sums.get(route));
          memories.set(route, memory);
          return withoutLesson(memory, lesson);
        },
      };
    },
  };
}

function emptySum(): Sum {
  const [learnedNoise, differed] = [createKept<Count>(MAX_RESTLESS), createKept<Count>(MAX_DIFFERED)];
  return { pairs: 0, slow: 0, secondAnswers: 0, learnedNoise, differed };
}

function addLesson(sum: Sum, lesson: RouteLesson): void {
  sum.pairs++;
  sum.slow += lesson.slow;
  sum.secondAnswers += lesson.secondAnswers;
  addCounts(sum.learnedNoise, lesson.learnedNoise);
  addCounts(sum.differed, lesson.differed ?? {});
}

function addCounts(kept: Kept<Count>, more: RouteLesson["learnedNoise"]): void {
  for (const [key, times] of Object.entries(more)) {
    const count = kept.get(key) ?? { key, times: 0 };
    if (kept.set(key, orderOf(key), count)) count.times += times;
  }
}

/**
 * Noise is judged by both counts, and what no second answer moved by neither. Where how often the shadow differed had no
 * room, the pattern is not taken for learned: it would look as if the shadow hardly ever did.
 */
function memoryOf(sum: Sum | undefined): RouteMemory {
  if (sum === undefined) return EMPTY_MEMORY;
  const { pairs, slow, secondAnswers, learnedNoise, differed } = sum;
  const isCounted = ({ key }: Count): boolean => differed.leftOut() === 0 || differed.get(key) !== undefined;
  const noise = learnedNoise.values().filter(isCounted);
  return {
    pairs,
    slow,
    secondAnswers,
    learnedNoise: countsOf(noise),
    differed: countsOf(noise.flatMap(({ key }) => differed.get(key) ?? [])),
  };
}

function countsOf(counts: readonly Count[]): Readonly<Record<string, number>> {
  return Object.fromEntries(counts.map(({ key, times }) => [key, times]));
}

/** A place among others, of a route or a pattern, which says nothing about when it came. */
function orderOf(text: string): string {
  return hashText(text).toString(16).padStart(14, "0");
}
