/** The operator's number of stacks at once. Who finds no place waits, and is woken when one gets free. */
import { refKey, type StackRef } from "./memory.ts";

export interface Places {
  /** All of them or none; stacks that have a place keep it. */
  readonly take: (refs: readonly StackRef[], forPull: string) => boolean;
  readonly free: (ref: StackRef) => void;
  /** After a sweep: what is there has a place, even one too many, and what is neither there nor wanted has none. */
  readonly settle: (found: readonly StackRef[], isWanted: (key: string) => boolean) => void;
}

export function createPlaces(most: number, wake: (pull: string) => void): Places {
  const taken = new Set<string>();
  const waiting = new Set<string>();

  function wakeWaiting(): void {
    const pulls = [...waiting];
    waiting.clear();
    for (const pull of pulls) wake(pull);
  }

  return {
    take: (refs, forPull) => {
      const missing = refs.filter((ref) => needsPlace(ref) && !taken.has(refKey(ref)));
      const fits = missing.length === 0 || taken.size + missing.length <= most;
      if (fits) for (const ref of missing) taken.add(refKey(ref));
      if (fits) waiting.delete(forPull);
      else waiting.add(forPull);
      return fits;
    },
    free: (ref) => {
      if (taken.delete(refKey(ref))) wakeWaiting();
    },
    settle: (found, isWanted) => {
      const there = new Set(found.filter(needsPlace).map(refKey));
      const before = taken.size;
      for (const key of taken) if (!there.has(key) && !isWanted(key)) taken.delete(key);
      for (const key of there) taken.add(key);
      if (taken.size < before) wakeWaiting();
    },
  };
}

/** A preview runs elsewhere and takes no room here. */
function needsPlace({ driver }: StackRef): boolean {
  return driver !== "url";
}
