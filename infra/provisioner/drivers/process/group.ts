/** Ends process groups: first with the chance to end in order, then without. */
import { setTimeout as sleep } from "node:timers/promises";
import { processes } from "./processes.ts";

/** How long a shadow may take to end after SIGTERM. Nobody waits for its answers any more. */
const GRACE_MS = 1_500;
/** A killed process is gone in no time, unless the machine is at its limits. */
const KILL_LIMIT_MS = 2_000;
const POLL_MS = 20;

/** Resolves once no process of the group is left; false where one could not be ended. */
export async function endGroup(group: number): Promise<boolean> {
  if (!signalGroup(group, "SIGTERM")) return true;
  if (await isGoneWithin(group, GRACE_MS)) return true;
  killGroup(group);
  return isGoneWithin(group, KILL_LIMIT_MS);
}

/** At once, without waiting. */
export function killGroup(group: number): void {
  signalGroup(group, "SIGKILL");
}

async function isGoneWithin(group: number, limitMs: number): Promise<boolean> {
  for (const until = Date.now() + limitMs; isThere(group); ) {
    if (Date.now() >= until) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/** What has ended and was not yet asked about by its parent takes a signal still, and nothing else: it counts as gone. */
function isThere(group: number): boolean {
  if (!signalGroup(group, 0)) return false;
  return process.platform !== "linux" || processes().some((one) => one.group === group);
}

/** Whether there is such a group. Groups below 2 are the system's, or ours to lose. */
function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  if (group < 2) return false;
  try {
    process.kill(process.platform === "win32" ? group : -group, signal);
    return true;
  } catch {
    return false;
  }
}
