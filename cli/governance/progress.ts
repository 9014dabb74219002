/** How far a run is: on a terminal a line that changes, elsewhere (CI) a line now and then. A run that is over soon says nothing of itself there. */
import type { Screen } from "../replay/progress.ts";

/** Milliseconds between two updates on a terminal, and between two lines elsewhere. */
const TERMINAL_INTERVAL_MS = 200;
const LOG_INTERVAL_MS = 5_000;
const WIDTH = 60;

export interface GovernanceProgress {
  /** What is done now: `reading the change`. */
  readonly say: (words: string) => void;
  readonly looked: (files: number, of: number) => void;
  readonly clear: () => void;
}

/** Call it as often as you like. */
export function createGovernanceProgress({ isTerminal, write, now }: Screen): GovernanceProgress {
  const startedAt = now();
  let shownAt = isTerminal ? Number.NEGATIVE_INFINITY : startedAt;
  let isDirty = false;
  const say = (words: string): void => {
    if (now() - shownAt < (isTerminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS)) return;
    shownAt = now();
    isDirty = isTerminal;
    write(isTerminal ? `\r${words.slice(0, WIDTH).padEnd(WIDTH)}` : `${words}\n`);
  };
  return {
    say,
    looked: (files, of) => {
      say(`${files} of ${of} files, ${((now() - startedAt) / 1000).toFixed(0)} s`);
    },
    clear: () => {
      if (isDirty) write(`\r${" ".repeat(WIDTH)}\r`);
      isDirty = false;
    },
  };
}
