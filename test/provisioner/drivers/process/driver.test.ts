/** Real processes: started with a port of their own, replaced by a push, found again after a restart, and gone with all they started. */
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { StackStanding } from "../../../../infra/provisioner/drivers/driver.ts";
import { type ProcessDriver, processDriver } from "../../../../infra/provisioner/drivers/process/driver.ts";
import { specOf } from "./spec.ts";

/** Tells its environment and its own number, and starts a process of its own that tells nothing. */
const SERVER = `
  const { spawn } = require("node:child_process");
  spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const { GREETING, SHADOW_INFRA_SHA, OPERATORS_SECRET } = process.env;
  require("node:http").createServer((_, answer) => {
    answer.end(JSON.stringify({ GREETING, SHADOW_INFRA_SHA, OPERATORS_SECRET, pid: process.pid }));
  }).listen(process.env.PORT, "127.0.0.1");
`;
const NAME = "shadow-pr3-7";
const { signal } = new AbortController();
let owners = 0;
let owner = "";
const opened: ProcessDriver[] = [];
afterEach(() => {
  for (const driver of opened.splice(0)) driver.killAll();
});

function newDriver(same?: string): ProcessDriver {
  owner = same ?? `test-${process.pid}-${(owners += 1)}`;
  const driver = processDriver({ owner });
  opened.push(driver);
  return driver;
}

const serving = (over: Partial<StackSpec> = {}) => specOf([process.execPath, "-e", SERVER], over);
const running = (script: string) => specOf([process.execPath, "-e", script]);

async function ask(standing: StackStanding): Promise<Record<string, unknown> & { readonly pid: number }> {
  if (standing.state !== "ready") throw new Error(JSON.stringify(standing));
  return (await fetch(standing.origin)).json() as Promise<Record<string, unknown> & { readonly pid: number }>;
}

/** Whether a process of the group runs. What has ended and was not yet noticed by its parent does not. */
function isGroupThere(group: number): boolean {
  const lines = execFileSync("ps", ["-eo", "pgid,stat"], { encoding: "utf8" }).split("\n");
  return lines.some((line) => line.trim().startsWith(`${group} `) && !line.includes("Z"));
}

test("it is ready where it listens, with the operator's variables, the commit, and nothing of ours", async () => {
  vi.stubEnv("OPERATORS_SECRET", "of the provisioner");
  const standing = await newDriver().ensure(serving(), signal);
  vi.unstubAllEnvs();
  expect(standing).toMatchObject({ state: "ready", stamped: false, services: [{ state: "ready" }] });
  expect(await ask(standing)).toEqual({ GREETING: "hello", SHADOW_INFRA_SHA: "a".repeat(40), pid: expect.any(Number) });
});

test("asking again changes nothing; another commit or a retry takes its place", async () => {
  const driver = newDriver();
  const first = await ask(await driver.ensure(serving(), signal));
  expect((await ask(await driver.ensure(serving({ expiresAt: 5 }), signal))).pid).toBe(first.pid);
  expect(await driver.list(signal)).toMatchObject([{ name: NAME, expiresAt: 5 }]);
  const identity = { ...serving().identity, sha: "b".repeat(40) };
  const second = await ask(await driver.ensure(serving({ identity }), signal));
  expect(second["SHADOW_INFRA_SHA"]).toBe("b".repeat(40));
  expect(isGroupThere(first.pid)).toBe(false);
  const third = await ask(await driver.ensure(serving({ identity, attempt: "9" }), signal));
  expect(third.pid).not.toBe(second.pid);
  expect(await driver.list(signal)).toMatchObject([
    { name: NAME, repoId: 7, pr: 3, role: "shadow", sha: identity.sha },
  ]);
});

test("removing ends what it started too, and removing what is not there is done already", async () => {
  const driver = newDriver();
  const { pid } = await ask(await driver.ensure(serving(), signal));
  expect(await driver.remove(NAME, signal)).toBe("gone");
  expect(isGroupThere(pid)).toBe(false);
  expect(await driver.list(signal)).toEqual([]);
  expect(await driver.remove(NAME, signal)).toBe("gone");
});

test("an idle one has no process, and comes back", async () => {
  const driver = newDriver();
  const { pid } = await ask(await driver.ensure(serving(), signal));
  await driver.idle(serving(), signal);
  expect(isGroupThere(pid)).toBe(false);
  expect((await driver.ensure(serving(), signal)).state).toBe("ready");
});

test("one that ends has failed, with its last words, until there is something new to try", async () => {
  const driver = newDriver();
  const crashing = running('console.error("no such table"); process.exit(3)');
  const failed = { state: "failed", failure: "crash-loop", words: "It ended with 3.", log: "no such table\n" };
  expect(await driver.ensure(crashing, signal)).toMatchObject(failed);
  expect(await driver.ensure(crashing, signal)).toMatchObject(failed);
  expect(await driver.list(signal)).toHaveLength(1);
  expect(await driver.remove(NAME, signal)).toBe("gone");
});

test("of a long log the end is kept", async () => {
  const script = 'for (let n = 0; n < 9999; n += 1) console.log("line " + n); process.exitCode = 1;';
  const standing = await newDriver().ensure(running(script), signal);
  if (standing.state !== "failed") throw new Error(standing.state);
  await vi.waitFor(() => expect(standing.log).toMatch(/line 9998\n$/));
  expect(standing.log?.length).toBeLessThanOrEqual(20_000);
});

test("a program that is not there has failed by name", async () => {
  const standing = await newDriver().ensure(specOf(["/nothing/here"]), signal);
  expect(standing).toMatchObject({
    state: "failed",
    words: expect.stringContaining("/nothing/here could not be started"),
  });
});

test("one that does not listen is waited for, as long as the caller does", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const standing = await newDriver().ensure(running("setInterval(() => {}, 1000)"), controller.signal);
  expect(standing).toMatchObject({
    state: "progressing",
    words: expect.stringContaining("does not accept connections"),
  });
});

test("a repository without a command, and a stack of another driver's, are refused", async () => {
  const driver = newDriver();
  for (const workload of [
    { kind: "process", command: [], env: {} },
    { kind: "preview", origin: null },
  ] as const)
    expect(await driver.ensure(serving({ workload }), signal)).toMatchObject({ failure: "config-error" });
});

test("what a killed provisioner left is found by the next one and replaced; another's is left alone", async () => {
  const before = newDriver();
  const { pid } = await ask(await before.ensure(serving(), signal));
  const stranger = newDriver();
  expect(await stranger.list(signal)).toEqual([]);
  const next = newDriver(`test-${process.pid}-${owners - 1}`);
  expect(await next.list(signal)).toMatchObject([{ name: NAME, sha: "a".repeat(40), pr: 3 }]);
  const again = await ask(await next.ensure(serving(), signal));
  expect(again.pid).not.toBe(pid);
  expect(isGroupThere(pid)).toBe(false);
  await stranger.ensure(serving(), signal);
  expect(await next.remove(NAME, signal)).toBe("gone");
  expect(await stranger.list(signal)).toHaveLength(1);
});

test("a group whose leader has ended is ended with the rest", async () => {
  const leaving = `
    const { spawn } = require("node:child_process");
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }).unref();
    setTimeout(() => process.exit(1), 200);
  `;
  const before = newDriver();
  await before.ensure(running(leaving), signal);
  await sleep(100);
  const next = newDriver(owner);
  expect(await next.list(signal)).toMatchObject([{ name: NAME }]);
  expect(await next.remove(NAME, signal)).toBe("gone");
  expect(await next.list(signal)).toEqual([]);
});
