/** What pairs taught about each route, bounded. As they come, or, with `--learn`, from the whole file before anything is judged. */
import { hashText } from "../../core/compare/hash.ts";
import { isSlower, SLOW } from "../../core/compare/rules/latency.ts";
import { type Pair, referenceOf } from "../../core/pair/pair.ts";
import { EMPTY_MEMORY, type RouteLesson, type RouteMemory } from "../../core/verdict/case.ts";
import { applyLesson } from "../../core/verdict/lesson.ts";
import { createKept } from "./kept.ts";

/** Routes that are remembered at a time. */
export const MAX_ROUTES = 500;

export interface Memories {
  /** What other pairs taught about the route of this one. */
  readonly of: (route: string, pair: Pair) => RouteMemory;
  readonly learn: (route: string, lesson: RouteLesson) => void;
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

/** Taught by one pass over all pairs; which of too many routes are remembered does not depend on the order of pairs. */
export function createTeacher(): { readonly learn: Memories["learn"]; readonly learned: () => Memories } {
  const kept = createKept<RouteMemory>(MAX_ROUTES);
  return {
    learn: (route, lesson) => {
      kept.set(route, orderOf(route), applyLesson(kept.get(route) ?? EMPTY_MEMORY, lesson));
    },
    learned: () => ({
      of: (route, pair) => withoutItself(kept.get(route) ?? EMPTY_MEMORY, pair),
      learn: () => {},
    }),
  };
}

/** A route's place among others, which says nothing about when it came. */
function orderOf(route: string): string {
  return hashText(route).toString(16).padStart(14, "0");
}

/** The structural check counts the pair itself, so it must not be among those that were counted before. */
function withoutItself(memory: RouteMemory, pair: Pair): RouteMemory {
  if (memory.pairs === 0) return memory;
  const slow = isSlower({ pair, reference: referenceOf(pair), shadow: pair.shadow }, SLOW) ? 1 : 0;
  return { ...memory, pairs: memory.pairs - 1, slow: Math.max(0, memory.slow - slow) };
}
