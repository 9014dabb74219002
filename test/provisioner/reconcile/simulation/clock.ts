/** Time that passes only when it is told to: days of the loop in milliseconds, the same every time. */
import type { Clock } from "../../../../infra/provisioner/reconcile/clock.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export interface VirtualTime {
  readonly now: () => number;
  /** For the world outside: not part of any process. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly sleepOr: (ms: number, signal: AbortSignal) => Promise<void>;
  /** For one process: after `kill` none of its sleeps ends. */
  readonly process: () => { readonly clock: Clock; readonly kill: () => void };
  /** Everything that is due until then happens, in order. */
  readonly advance: (ms: number) => Promise<void>;
}

export function createTime(start: number): VirtualTime {
  let now = start;
  const sleepers = new Set<Sleeper>();

  async function advance(ms: number): Promise<void> {
    const until = now + ms;
    for (;;) {
      await settled();
      const next = earliest();
      if (next === null || next.at > until) break;
      now = Math.max(now, next.at);
      sleepers.delete(next);
      next.wake();
    }
    now = until;
  }

  function earliest(): Sleeper | null {
    let found: Sleeper | null = null;
    for (const sleeper of sleepers) if (found === null || sleeper.at < found.at) found = sleeper;
    return found;
  }

  function sleep(ms: number, isAlive: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const sleeper: Sleeper = { at: now + ms, wake: () => isAlive() && resolve() };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        if (sleepers.delete(sleeper)) sleeper.wake();
      });
    });
  }

  return {
    now: () => now,
    sleep: (ms) => sleep(ms, () => true),
    sleepOr: (ms, signal) => sleep(ms, () => true, signal),
    process: () => {
      let alive = true;
      const clock: Clock = { now: () => now, sleep: (ms, signal) => sleep(ms, () => alive, signal) };
      return {
        clock,
        kill: () => {
          alive = false;
        },
      };
    },
    advance,
  };
}

/**
 * Every promise that can go on has gone on: Node runs a next tick only when no promise is left to be run. Ten times as fast as a turn
 * of the event loop, of which nothing here needs any.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
