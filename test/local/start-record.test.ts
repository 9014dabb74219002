/** Leftovers of a killed launcher: ended by the next start, and nobody else's processes with them. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { identityOf, stillRuns } from "../../infra/local/process-identity.ts";
import { endLeftovers, openRecord, runningStarts } from "../../infra/local/start-record.ts";

let folder = "";
const started: ChildProcess[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "start-record-"))));
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** A launcher that starts a process in a group of its own, records it as a start does, and says its id. */
const LAUNCHER = `
  import { spawn } from "node:child_process";
  import { openRecord } from ${JSON.stringify(new URL("../../infra/local/start-record.ts", import.meta.url).href)};
  const script = "setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["-e", script], { detached: true, stdio: "ignore" });
  openRecord(process.argv[1]).add(child.pid, "The Workers");
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

interface Launched {
  readonly launcher: ChildProcess;
  readonly pid: number;
}

async function launchOne(): Promise<Launched> {
  const launcher = spawn(process.execPath, ["--input-type=module", "-e", LAUNCHER, folder], { stdio: "pipe" });
  started.push(launcher);
  const pid = await new Promise<number>((resolve) =>
    launcher.stdout.once("data", (text: Buffer) => resolve(Number(String(text)))),
  );
  return { launcher, pid };
}

async function killed({ launcher, pid }: Launched): Promise<number> {
  const ended = new Promise((resolve) => launcher.once("exit", resolve));
  launcher.kill("SIGKILL");
  await ended;
  return pid;
}

test("what a killed launcher left running is ended, named, and forgotten", async () => {
  const pid = await killed(await launchOne());
  expect(identityOf(pid)).not.toBeNull();
  expect(await endLeftovers(folder)).toEqual([
    `Process ${pid} (The Workers) of an earlier start, which was killed, still ran. It is ended now.`,
  ]);
  await vi.waitFor(() => expect(identityOf(pid)).toBeNull());
  expect(readdirSync(folder)).toEqual([]);
  expect(await endLeftovers(folder)).toEqual([]);
});

test("the processes of a launcher that runs are left alone, and the launcher is named", async () => {
  const { launcher, pid } = await launchOne();
  expect(await endLeftovers(folder)).toEqual([]);
  expect(identityOf(pid)).not.toBeNull();
  expect(runningStarts(folder)).toEqual([
    `Another start of this checkout is running. If it should not be, end it with: kill ${launcher.pid}`,
  ]);
  await killed({ launcher, pid });
  expect(runningStarts(folder)).toEqual([]);
  await endLeftovers(folder);
});

test.each(["startedAt", "commandLine"])(
  "a process with the same number and another %s is not touched",
  async (field) => {
    const pid = await killed(await launchOne());
    const [file = ""] = readdirSync(folder);
    const whole = readFileSync(join(folder, file), "utf8");
    const record = JSON.parse(whole);
    record.processes[0][field] += "0";
    writeFileSync(join(folder, file), JSON.stringify(record));
    expect(await endLeftovers(folder)).toEqual([]);
    expect(identityOf(pid)).not.toBeNull();
    writeFileSync(join(folder, file), whole);
    expect(await endLeftovers(folder)).toHaveLength(1);
  },
);

test.each(["", "{", "[]", '{"launcher":{"pid":1}}'])(
  "a file that is no record (%j) ends nothing and is removed",
  async (text) => {
    writeFileSync(join(folder, "7.json"), text);
    expect(await endLeftovers(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test("without a folder there is nothing to end", async () => {
  expect(await endLeftovers(join(folder, "none"))).toEqual([]);
  expect(runningStarts(join(folder, "none"))).toEqual([]);
});

test("an orderly end leaves no record", () => {
  const inside = join(folder, "starts");
  mkdirSync(inside);
  const record = openRecord(inside);
  record.add(process.pid, "Itself");
  expect(existsSync(join(inside, `${process.pid}.json`))).toBe(true);
  record.add(undefined, "Never started");
  record.close();
  expect(readdirSync(inside)).toEqual([]);
});

test("a process is known by its number, start and command line", () => {
  const own = identityOf(process.pid);
  expect(own?.pid).toBe(process.pid);
  expect(own !== null && stillRuns(own)).toBe(true);
  expect(own !== null && stillRuns({ ...own, startedAt: "0" })).toBe(false);
  expect(identityOf(2 ** 30)).toBeNull();
});
