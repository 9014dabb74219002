/**
 * The child processes of a start: each in a process group of its own (the terminal's Ctrl-C reaches the launcher alone,
 * which then stops them in order), its output in a log file. Ends them all, whatever state they are in.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a child may take to end after SIGTERM before it is killed. */
const GRACE_MS = 6_000;
/** A killed process is gone in no time, unless the machine is at its limits. */
const KILL_LIMIT_MS = 2_000;
const POLL_MS = 50;
const SHOWN_LOG_LINES = 15;

export interface Command {
  /** In words, for messages: "the Workers". */
  readonly title: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}

export interface Running {
  readonly command: Command;
  /** Settles when it has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly child: ChildProcess;
}

/** A child that ended although nobody asked it to. */
export class ChildFailed extends Error {}

export function startProcess(command: Command): Running {
  const log = openSync(command.logFile, "a");
  const child = spawn(command.program, command.args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== "win32",
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(null));
  });
  return { command, child, ended };
}

/** Runs a command to its end; fails with its last words when it does not succeed. */
export async function runToEnd(running: Running): Promise<void> {
  const code = await running.ended;
  if (code !== 0) throw new ChildFailed(failureOf(running.command, code));
}

/** What happened, its last lines, and where the rest is. */
export function failureOf(command: Command, code: number | null): string {
  return failureBecause(command, code === null ? "ended because of a signal" : `ended with ${code}`);
}

/** `The Workers <how>.` with the last lines they wrote. */
export function failureBecause({ title, logFile }: Command, how: string): string {
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-SHOWN_LOG_LINES);
  return [
    `${title} ${how}. The last lines it wrote:`,
    ...lines.map((line) => `  ${line}`),
    `All of it: ${logFile}`,
  ].join("\n");
}

/** SIGTERM to each group, SIGKILL to what is left after the grace. Done when no process is left. */
export async function stopAll(running: readonly Running[]): Promise<void> {
  await Promise.all(running.map(stopOne));
}

/** At once, without grace: the second Ctrl-C. */
export function killAll(running: readonly Running[]): void {
  for (const { child } of running) signalGroup(child, "SIGKILL");
}

async function stopOne({ child, ended }: Running): Promise<void> {
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
  // The leader is gone; whatever it left behind in its group goes too.
  signalGroup(child, "SIGKILL");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") child.kill(signal);
  else signalGroupOf(child.pid, signal);
}

/** Ends the group of a process that is no child of ours: `runs` says whether its leader is still there. */
export async function endGroup(leader: number, runs: () => boolean): Promise<void> {
  signalGroupOf(leader, "SIGTERM");
  for (const until = Date.now() + GRACE_MS; runs() && Date.now() < until; ) await sleep(POLL_MS);
  signalGroupOf(leader, "SIGKILL");
  for (const until = Date.now() + KILL_LIMIT_MS; isGroupThere(leader) && Date.now() < until; ) await sleep(POLL_MS);
}

/** Whether a process of that group is there, of whomever it is. */
function isGroupThere(leader: number): boolean {
  return signalGroupOf(leader, 0) !== "gone";
}

function signalGroupOf(leader: number, signal: NodeJS.Signals | 0): "sent" | "gone" | "refused" {
  try {
    process.kill(-leader, signal);
    return "sent";
  } catch (error) {
    // `as`: what `kill` throws is always one of the system's errors. EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM" ? "refused" : "gone";
  }
}
