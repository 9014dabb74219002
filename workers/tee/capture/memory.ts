/** How much of production's traffic this isolate holds at once. Plain counters: they live as long as the isolate. */

/** An isolate has 128 MB (https://developers.cloudflare.com/workers/platform/limits/); copies take at most an eighth of it. */
const MAX_CAPTURED_BYTES = 16 * 1024 * 1024;

/** A hanging shadow at full mirroring held 4,482 open files after 6 s without such a cap. */
const MAX_IN_FLIGHT = 32;

let capturedBytes = 0;
let inFlight = 0;

/** The share of one request in the isolate's limits. */
export interface Holding {
  /** Asks for room; false when the isolate is full, and then nothing was taken. */
  take(bytes: number): boolean;
  /** Gives everything back. Safe to call twice. */
  release(): void;
}

/** A place among the requests in flight, or the limit that has none left. */
export function hold(): Holding | "in-flight" | "memory" {
  if (inFlight >= MAX_IN_FLIGHT) return "in-flight";
  if (capturedBytes >= MAX_CAPTURED_BYTES) return "memory";
  inFlight += 1;
  return holding();
}

function holding(): Holding {
  let held = 0;
  let released = false;
  return {
    take(bytes) {
      if (released || capturedBytes + bytes > MAX_CAPTURED_BYTES) return false;
      capturedBytes += bytes;
      held += bytes;
      return true;
    },
    release() {
      if (released) return;
      released = true;
      capturedBytes -= held;
      inFlight -= 1;
    },
  };
}
