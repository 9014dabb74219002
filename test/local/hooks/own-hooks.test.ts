/** This project's own hooks, in a clone whose packages are this checkout's: what they stop, and how long a usual commit waits. */
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../layout/project-tree.ts";
import { checkout, ended, git } from "./checkout.ts";

/**
 * What a commit with its hooks may cost, in milliseconds of processor time of all their programs, which does not grow with what runs beside them
 * as time on the clock does. About 1,500 are used; two cores share them, so a commit waits for less than two seconds.
 */
const LIMIT_CPU_MS = 3_500;

let folder = "";
const change = (file: string, edit: (text: string) => string): Promise<unknown> => {
  writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), "utf8")));
  return git({ cwd: folder }, "add", file);
};
const commit = (subject = "Say it in other words") =>
  git({ cwd: folder, env: { NO_COLOR: "1", LEFTHOOK: "1" } }, "commit", "-m", subject);
const reset = () => git({ cwd: folder }, "reset", "-q", "--hard");

beforeAll(async () => {
  folder = await checkout();
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const { code, said } = await ended("npm", ["run", "hooks"], { cwd: folder });
  if (code !== 0) throw new Error(said);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** With the processor time of everything that it starts, as the shell counts it. */
async function measuredCommit(): Promise<{
  readonly code: number;
  readonly said: string;
  readonly ms: number;
  readonly cpuMs: number;
}> {
  const script =
    'TIMEFORMAT="cpu %3U %3S"; time git -c user.name=Test -c user.email=test@example.com commit -m "Say it in other words"';
  const committed = await ended("bash", ["-c", script], { cwd: folder, env: { NO_COLOR: "1", LEFTHOOK: "1" } });
  const [, user = "", system = ""] = /^cpu ([\d.]+) ([\d.]+)$/m.exec(committed.said) ?? [];
  return { ...committed, cpuMs: (Number(user) + Number(system)) * 1_000 };
}

test("a usual commit passes and does not make anyone wait", async () => {
  const all: { readonly ms: number; readonly cpuMs: number }[] = [];
  for (const words of ["one", "two", "three"]) {
    await change("core/verdict/severity.ts", (text) => `${text}// ${words}\n`);
    await change("docs/hooks.md", (text) => `${text}\n${words}\n`);
    const { code, said, ...times } = await measuredCommit();
    expect(code, said).toBe(0);
    expect(said).toContain("✓ governance");
    expect(said).toContain("✓ message");
    all.push(times);
  }
  const words = all.map(({ ms, cpuMs }) => `${Math.round(ms)} ms (processor ${Math.round(cpuMs)} ms)`);
  console.log(`commits with this project's hooks: ${words.join(", ")}`);
  expect(Math.min(...all.map(({ cpuMs }) => cpuMs))).toBeGreaterThan(0);
  expect(Math.min(...all.map(({ cpuMs }) => cpuMs))).toBeLessThan(LIMIT_CPU_MS);
});

test.each([
  ["format", "core/verdict/severity.ts", "export  const  wide = 1\n"],
  ["lint", "core/verdict/severity.ts", "export const loose = (value: any) => value == 1;\n"],
  ["governance", "workers/tee/index.ts", '\nexport { Hono } from "hono";\n'],
])("%s stops what it is there for", async (job, file, added) => {
  await change(file, (text) => text + added);
  const { code, said } = await commit();
  await reset();
  expect(code).toBe(1);
  expect(said).toMatch(new RegExp(`✗ ${job}`));
});

test("a message that says nothing is named, and does not stop anyone", async () => {
  await change("docs/hooks.md", (text) => `${text}\nfour\n`);
  const { code, said } = await commit("wip.");
  expect(code, said).toBe(0);
  expect(said).toContain('"wip." does not match');
});
