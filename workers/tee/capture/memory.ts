/** How much of production's traffic this isolate holds at once. Plain counters: they live as long as the isolate. */

/** An isolate has 128 MB (https://developers.cloudflare.com/workers/platform/limits/); copies take at most an eighth of it. */
const MAX_CAPTURED_BYTES = 16 * 1024 * 1024;

/** A hanging shadow at full mirroring held 4,482 open files after 6 s without such a cap. */
const MAX_IN_FLIGHT = 32;

/**
 * Older ones are taken back: the runtime ends work 30 s after the answer (https://developers.cloudflare.com/workers/runtime-apis/context/),
 * and what it ends never gives anything back by itself.
 */
const MAX_HELD_MS = 60_000;

/** The share of one request in the isolate's limits. */
export interface Holding {
  /** Asks for room; false when the isolate is full, and then nothing was taken. */
  take(bytes: number): boolean;
  /** Gives everything back. Safe to call twice. */
  release(): void;
}

let capturedBytes = 0;

/** In the order of their beginning. */
const held = new Set<Held>();

/** A place among the requests in flight, or the limit that has none left. `now` is Unix time in milliseconds. */
export function hold(now: number): Holding | "in-flight" | "memory" {
  if (held.size >= MAX_IN_FLIGHT || capturedBytes >= MAX_CAPTURED_BYTES) takeBack(now - MAX_HELD_MS);
  if (held.size >= MAX_IN_FLIGHT) return "in-flight";
  if (capturedBytes >= MAX_CAPTURED_BYTES) return "memory";
  return holding(now);
}

interface Held {
  readonly since: number;
  bytes: number;
}

function takeBack(before: number): void {
  for (const one of held) {
    if (one.since >= before) return;
    giveBack(one);
  }
}

function giveBack(one: Held): void {
  if (held.delete(one)) capturedBytes -= one.bytes;
}

function holding(since: number): Holding {
  const own: Held = { since, bytes: 0 };
  held.add(own);
  return {
    take(bytes) {
      if (!held.has(own) || capturedBytes + bytes > MAX_CAPTURED_BYTES) return false;
      capturedBytes += bytes;
      own.bytes += bytes;
      return true;
    },
    release() {
      giveBack(own);
    },
  };
}
