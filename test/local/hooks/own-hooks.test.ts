/** This project's own hooks, in a clone whose packages are this checkout's: what they stop, and how long a usual commit waits. */
import { readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "../../layout/project-tree.ts";
import { checkout, ended, git } from "./checkout.ts";

/** What a usual commit may wait. A machine that also runs other tests gets three times that. */
const LIMIT_MS = 2_000;

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

test("a usual commit passes and does not make anyone wait", async () => {
  const times: number[] = [];
  for (const words of ["one", "two", "three"]) {
    await change("core/verdict/severity.ts", (text) => `${text}// ${words}\n`);
    await change("docs/hooks.md", (text) => `${text}\n${words}\n`);
    const { code, said, ms } = await commit();
    expect(code, said).toBe(0);
    expect(said).toContain("governance");
    times.push(ms);
  }
  console.log(`commits with this project's hooks: ${times.map((ms) => Math.round(ms)).join(", ")} ms`);
  expect(Math.min(...times)).toBeLessThan(3 * LIMIT_MS);
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
