/** Stopping: no process is left, however it behaves. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { type Command, killAll, runToEnd, startProcess, stopAll } from "../../infra/local/processes.ts";

const folder = mkdtempSync(join(tmpdir(), "processes-"));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): Command {
  const logFile = join(folder, `${name}.log`);
  return {
    title: `The ${name}`,
    program: process.execPath,
    args: ["-e", script],
    cwd: folder,
    env: process.env,
    logFile,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A process that has a child and writes both ids. */
const PARENT = `
  const { spawn } = require("node:child_process");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  console.log(process.pid, child.pid);
  setInterval(() => {}, 1000);
`;

async function idsIn(command: Command): Promise<readonly number[]> {
  const text = (): string => readFileSync(command.logFile, "utf8");
  await vi.waitFor(() => expect(text()).toMatch(/^\d+ \d+$/m), 10_000);
  return text().trim().split(" ").map(Number);
}

test("a process is stopped together with the processes it started", async () => {
  const running = startProcess(program("parent", PARENT));
  const ids = await idsIn(running.command);
  expect(ids.map(isAlive)).toEqual([true, true]);
  await stopAll([running]);
  await vi.waitFor(() => expect(ids.some(isAlive)).toBe(false), 5_000);
});

test("a process that ignores SIGTERM is killed", async () => {
  const command = program("stubborn parent", `process.on("SIGTERM", () => {}); ${PARENT}`);
  const running = startProcess(command);
  const ids = await idsIn(command);
  await stopAll([running]);
  await vi.waitFor(() => expect(ids.some(isAlive)).toBe(false), 5_000);
});

test("the second interrupt kills without waiting", async () => {
  const command = program("killed parent", `process.on("SIGTERM", () => {}); ${PARENT}`);
  const running = startProcess(command);
  const ids = await idsIn(command);
  killAll([running]);
  await vi.waitFor(() => expect(ids.some(isAlive)).toBe(false), 2_000);
});

test("a failing command is named with its last words and its log file", async () => {
  const command = program("builder", 'console.error("no such colour"); process.exit(3)');
  const failed = runToEnd(startProcess(command));
  await expect(failed).rejects.toThrow(/The builder ended with 3[\s\S]*no such colour[\s\S]*builder\.log/);
});

test("a program that cannot be started is a failure, not a wait", async () => {
  const command = { ...program("ghost", ""), program: join(folder, "nothing-here") };
  await expect(runToEnd(startProcess(command))).rejects.toThrow("The ghost");
});
