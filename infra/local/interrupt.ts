/** Ctrl-C and SIGTERM: the first asks for an orderly end, the second kills. */
import { EXIT } from "../../cli/exit.ts";

/** The terminal and npm both pass a Ctrl-C on: what arrives within this time is the same one. */
const SAME_INTERRUPT_MS = 1_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Interrupt {
  readonly signal: AbortSignal;
  readonly happened: Promise<void>;
  off(): void;
}

export function onInterrupt(kill: () => void): Interrupt {
  const controller = new AbortController();
  const happened = Promise.withResolvers<void>();
  let firstAt = 0;
  const listener = (): void => {
    if (firstAt === 0) {
      firstAt = Date.now();
      controller.abort();
      happened.resolve();
    } else if (Date.now() - firstAt > SAME_INTERRUPT_MS) {
      kill();
      process.exit(EXIT.interrupted);
    }
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return {
    signal: controller.signal,
    happened: happened.promise,
    off() {
      for (const signal of SIGNALS) process.off(signal, listener);
    },
  };
}
