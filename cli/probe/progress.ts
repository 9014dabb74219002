/** How far a probe is: on a terminal one line that changes, elsewhere (CI) a line per endpoint. */
import type { Screen } from "../replay/progress.ts";

const INTERVAL_MS = 100;
const WIDTH = 78;

export interface ProbeProgress {
  readonly show: (endpoint: string, done: number, total: number) => void;
  /** A line of its own, such as what is waited for. */
  readonly say: (line: string) => void;
  readonly clear: () => void;
}

export function createProbeProgress({ isTerminal, write, now }: Screen): ProbeProgress {
  let shownAt = Number.NEGATIVE_INFINITY;
  let isDirty = false;
  const clear = (): void => {
    if (isDirty) write(`\r${" ".repeat(WIDTH)}\r`);
    isDirty = false;
  };
  return {
    clear,
    say: (line) => {
      clear();
      write(`${line}\n`);
    },
    show: (endpoint, done, total) => {
      const isLast = done === total;
      if (!isTerminal) {
        if (isLast) write(`${endpoint}: ${done} requests\n`);
        return;
      }
      if (!isLast && now() - shownAt < INTERVAL_MS) return;
      shownAt = now();
      isDirty = true;
      write(`\r${`${endpoint}: ${done} of ${total}`.slice(0, WIDTH).padEnd(WIDTH)}`);
    },
  };
}
