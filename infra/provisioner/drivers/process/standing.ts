/** Where a stack of one process stands, in the words every driver uses. */
import type { ServiceStanding, StackStanding } from "../driver.ts";
import { isAnswering, type LaunchedProcess } from "./launch.ts";

/** How long one step waits for a process that has just been started: most are there by then, and nobody has to come back. */
export const FIRST_WAIT_MS = 3_000;
const POLL_MS = 20;

export const NO_PROCESS: StackStanding = {
  state: "failed",
  failure: "config-error",
  words: "The driver process runs a command that the operator sets for the repository; this repository has none.",
  log: null,
  services: [],
  podSecurity: null,
};

export interface Patience {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** Looks until the process answers, has ended, or the patience has. */
export async function standingOf(launched: LaunchedProcess, { waitMs, signal }: Patience): Promise<StackStanding> {
  for (const until = Date.now() + waitMs; ; ) {
    const answers = await isAnswering(launched.port);
    const ended = launched.ended();
    if (ended !== null) return failed(launched, ended);
    if (answers) return ready(launched);
    if (Date.now() >= until || signal.aborted) return progressing(launched);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function ready(launched: LaunchedProcess): StackStanding {
  const origin = `http://127.0.0.1:${launched.port}`;
  return { state: "ready", origin, stamped: false, ...common(launched, "ready", null) };
}

function progressing(launched: LaunchedProcess): StackStanding {
  const words = `It runs and does not accept connections on port ${launched.port} (the variable PORT) yet.`;
  return { state: "progressing", words, ...common(launched, "starting", words) };
}

function failed(launched: LaunchedProcess, words: string): StackStanding {
  const log = launched.log() === "" ? null : launched.log();
  return { state: "failed", failure: "crash-loop", words, log, ...common(launched, "failed", words) };
}

function common({ program }: LaunchedProcess, state: ServiceStanding["state"], reason: string | null) {
  return { services: [{ name: "process", image: program, state, reason }], podSecurity: null };
}
