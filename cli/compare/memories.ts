/** What earlier pairs taught about each route, bounded: of too many routes the one that was quiet longest is forgotten. */
import { EMPTY_MEMORY, type RouteLesson, type RouteMemory } from "../../core/verdict/case.ts";
import { applyLesson } from "../../core/verdict/lesson.ts";

/** Routes that are remembered at a time. */
export const MAX_ROUTES = 500;

export interface Memories {
  readonly of: (route: string) => RouteMemory;
  readonly learn: (route: string, lesson: RouteLesson) => void;
}

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
