/** Time as the loop knows it. Everything that waits waits here, so that a test can play days in milliseconds. */
import { setTimeout as wait } from "node:timers/promises";

export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Resolves when the time is over or the signal says so, whichever comes first; it never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
};
