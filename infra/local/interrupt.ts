/** Ctrl-C and SIGTERM: the first asks for an orderly end, the second one for an end at once. What that means is the caller's. */

/** The terminal and npm both pass a Ctrl-C on: what arrives within this time is the same one. */
export const SAME_INTERRUPT_MS = 1_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Interrupt {
  /** Aborted by the first. */
  readonly signal: AbortSignal;
  /** Resolves with the first. */
  readonly happened: Promise<void>;
  /** Resolves with the second. */
  readonly again: Promise<void>;
  off(): void;
}

export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  const happened = Promise.withResolvers<void>();
  const again = Promise.withResolvers<void>();
  let firstAt = 0;
  const listener = (): void => {
    if (firstAt === 0) {
      firstAt = Date.now();
      controller.abort();
      happened.resolve();
    } else if (Date.now() - firstAt > SAME_INTERRUPT_MS) again.resolve();
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    signal: controller.signal,
    happened: happened.promise,
    again: again.promise,
    off() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
