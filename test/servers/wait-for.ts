/** Waiting for something that happens in the background: polled, with a limit that names what did not come. */

const POLL_MS = 25;

/** Calls `look` until it returns something, at most for `withinMs`. */
export async function waitFor<T>(look: () => Promise<T | undefined>, what: string, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`${what} did not come within ${withinMs} ms`);
    await pause(POLL_MS);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
