/** How far a replay is: on a terminal a line that changes, elsewhere (CI) a line now and then. */
import { counted } from "../compare/report.ts";
import type { Sent } from "./replay.ts";
import { SKIPS, type Skip } from "./travel.ts";

/** Milliseconds between two updates on a terminal, and between two lines elsewhere. */
const TERMINAL_INTERVAL_MS = 200;
const LOG_INTERVAL_MS = 10_000;

/** The ways out of a progress, so that a test can look at them. */
export interface Screen {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/** Call `show` as often as you like. */
export function createReplayProgress({ isTerminal, write, now }: Screen) {
  const startedAt = now();
  let shownAt = startedAt;
  return {
    show: (sent: Sent): void => {
      if (now() - shownAt < (isTerminal ? TERMINAL_INTERVAL_MS : LOG_INTERVAL_MS)) return;
      shownAt = now();
      const line = progressLine(sent, shownAt - startedAt);
      write(isTerminal ? `\r${line.padEnd(60)}` : `${line}\n`);
    },
    clear: (): void => {
      if (isTerminal) write(`\r${" ".repeat(60)}\r`);
    },
  };
}

function progressLine(sent: Sent, elapsedMs: number): string {
  const done = sent.pairs + sent.malformed + sumOf(sent);
  const perSecond = (sent.pairs * 1000) / Math.max(1, elapsedMs);
  const left = perSecond === 0 ? "" : `, ${Math.ceil((sent.total - done) / perSecond)} s left`;
  return `${done} of ${sent.total} requests, ${perSecond.toFixed(1)} a second${left}`;
}

/** What was left out and why: lines for people, for the end of a run. */
export function sentLines(sent: Sent): readonly string[] {
  const { pairs, malformed, credentials, skipped } = sent;
  // Object.keys gives plain strings; these are the keys of that very table.
  const reasons = (Object.keys(SKIPS) as Skip[]).filter((skip) => skipped[skip] > 0);
  return [
    `${counted(pairs, "request")} sent`,
    ...reasons.map((skip) => `  ${counted(skipped[skip], "request")} left out: ${SKIPS[skip]}`),
    ...(malformed > 0 ? [`  ${counted(malformed, "request")} could not be read`] : []),
    ...(credentials > 0
      ? [`  ${counted(credentials, "header")} with recorded credentials left out; ${CREDENTIALS}`]
      : []),
  ];
}

const CREDENTIALS = "--header gives a test identity, --keep-credentials sends them as recorded";

function sumOf({ skipped }: Sent): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}
