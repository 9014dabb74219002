/**
 * What is left of a target's allowance: the requests this isolate may mirror until the next table comes. They are let go
 * evenly over the time between two syncs, or the end of one table and the start of the next would add up to a burst of two.
 */
import { SYNC_INTERVAL_MS } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";

/**
 * After a pause so many of an allowance may go at once, times its square root: chance moves the number of requests by about
 * that much, and with less room for it much of a small allowance would pass unused.
 */
const BURST = 0.6;

/** How many requests may go now. Changed in place; it outlives the tables. */
export interface Pace {
  ready: number;
  /** Unix milliseconds at which `ready` held. */
  at: number;
}

/** The first request need not wait. */
export function startPace(): Pace {
  return { ready: 1, at: 0 };
}

/** Requests mirrored under a table. A table brings new objects, so what is left over expires with it. */
const taken = new WeakMap<RoutedTarget, number>();

export function hasAllowance(target: RoutedTarget, pace: Pace, now: number): boolean {
  if (target.allowance === null) return true;
  return (taken.get(target) ?? 0) < Math.floor(target.allowance) && readyAt(pace, target.allowance, now) >= 1;
}

export function takeAllowance(target: RoutedTarget, pace: Pace, now: number): void {
  if (target.allowance === null) return;
  pace.ready = readyAt(pace, target.allowance, now) - 1;
  pace.at = now;
  taken.set(target, (taken.get(target) ?? 0) + 1);
}

/** With an allowance of none it still grows as if for one: an isolate's next turn must not find it waiting. */
function readyAt({ ready, at }: Pace, allowance: number, now: number): number {
  const grown = ready + (Math.max(1, allowance) * Math.max(0, now - at)) / SYNC_INTERVAL_MS;
  return Math.min(Math.max(1, BURST * Math.sqrt(allowance)), grown);
}
