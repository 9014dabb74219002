/** What pairs taught about each route, bounded. As they come, or, with `--learn`, from the whole file before anything is judged. */
import { hashText } from "../../core/compare/hash.ts";
import { EMPTY_MEMORY, type RouteLesson, type RouteMemory } from "../../core/verdict/case.ts";
import { applyLesson, withoutLesson } from "../../core/verdict/lesson.ts";
import { createKept } from "./kept.ts";

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

/** Taught by one pass over all pairs; which of too many routes are remembered does not depend on the order of pairs. */
export function createTeacher(): { readonly learn: Memories["learn"]; readonly learned: () => Learned } {
  const kept = createKept<RouteMemory>(MAX_ROUTES);
  return {
    learn: (route, lesson) => {
      kept.set(route, orderOf(route), applyLesson(kept.get(route) ?? EMPTY_MEMORY, lesson));
    },
    learned: () => ({ without: (route, lesson) => withoutLesson(kept.get(route) ?? EMPTY_MEMORY, lesson) }),
  };
}

/** A route's place among others, which says nothing about when it came. */
function orderOf(route: string): string {
  return hashText(route).toString(16).padStart(14, "0");
}
