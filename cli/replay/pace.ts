/** Does work on items of a stream: at most so many at a time, and not more often than so many a second. */
import { setTimeout as sleep } from "node:timers/promises";

/** How fast. */
export interface Pace {
  /** Starts a second; 0 sets no limit. */
  readonly rate: number;
  readonly concurrency: number;
}

/** Takes no further item once `signal` is aborted, and resolves when what was begun is done. Rejects with the first failure of `work`. */
export async function forEachPaced<T>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<void>,
  { rate, concurrency, signal }: Pace & { readonly signal: AbortSignal },
): Promise<void> {
  const running = new Set<Promise<void>>();
  let next = performance.now();
  for await (const item of items) {
    if (running.size >= concurrency) await Promise.race(running);
    if (rate > 0) {
      await sleepQuietly(next - performance.now(), signal);
      next = Math.max(next, performance.now() - MAX_LAG_MS) + 1000 / rate;
    }
    if (signal.aborted) break;
    const done: Promise<void> = work(item).finally(() => running.delete(done));
    running.add(done);
  }
  await Promise.all(running);
}

/** Time lost to slow answers is made up for within this; otherwise a pause would end in a burst. */
const MAX_LAG_MS = 100;

async function sleepQuietly(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await sleep(ms, undefined, { signal }).catch(() => {});
}
