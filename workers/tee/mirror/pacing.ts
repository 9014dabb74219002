/**
 * Turns for the heavy part of a pair: reading, redacting and packing large answers keeps the isolate's one thread busy for
 * tens of milliseconds, and meanwhile no client's stream moves on. So one large pair has its turn at a time, and a pause
 * follows in which only clients are served. Small pairs go at once.
 */

/** Captured bytes of all sides together from which a pair waits for its turn. */
const LARGE_BYTES = 128 * 1024;

/** Twice of it: the work itself, about 50 ms for 512 KB, and as long for clients. The clock stands still during work, so it is not asked. */
const PAUSE_MS_PER_KB = 0.1;

/** Requests in flight are few, so a turn comes in time; beyond that the pair goes anyway. */
const MAX_WAIT_MS = 5_000;

/** Unix milliseconds. Of the isolate: all requests share its thread. */
let freeAt = 0;

/** Resolves when a pair of that many captured bytes may be worked on. */
export async function turnFor(bytes: number): Promise<void> {
  if (bytes < LARGE_BYTES) return;
  let now = Date.now();
  const patience = now + MAX_WAIT_MS;
  while (now < freeAt && now < patience) {
    const pause = freeAt - now;
    await new Promise<void>((resolve) => {
      setTimeout(resolve, pause);
    });
    now = Date.now();
  }
  freeAt = now + (bytes / 1024) * PAUSE_MS_PER_KB * 2;
}
