/** The launcher in a bare checkout: brings little, once, also when two start at once; says in words what is wrong. Installs for real. */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkout, type Ended, ended } from "./checkout.ts";

/** Of an install, a whole Node among it: some 10 s on a machine that does nothing else. */
const LIMIT_MS = 240_000;

/** Nobody answers there. */
const NO_REGISTRY = { npm_config_registry: "http://127.0.0.1:1/", npm_config_fetch_retries: "0" };
/** Without the project's own Node in front, so that an older one of the machine is the one that starts. */
const PATH = (process.env.PATH ?? "")
  .split(":")
  .filter((folder) => !folder.includes("node_modules"))
  .join(":");

let folder = "";
const launched = (args: readonly string[], env = {}): Promise<Ended> =>
  ended(join(folder, "infra/hooks/run.mjs"), args, { cwd: folder, env: { PATH, ...env } });

beforeAll(async () => {
  folder = await checkout();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("without a registry it judges nothing and says why", async () => {
  const { code, said } = await launched(["governance", "--help"], {
    ...NO_REGISTRY,
    npm_config_cache: join(folder, "dist/none"),
  });
  expect(code, said).toBe(3);
  expect(said).toContain("The packages could not be installed: npm ci ended with");
  expect(existsSync(join(folder, "node_modules"))).toBe(false);
  expect(readdirSync(join(folder, "dist")).filter((name) => name.startsWith("hooks-"))).toEqual([]);
});

test("two that start at once both work, and nothing but what they need is there", { timeout: LIMIT_MS }, async () => {
  const both = await Promise.all([launched(["governance", "--help"]), launched(["probe", "--help"])]);
  expect(both.map(({ code, said }) => (code === 0 ? 0 : said))).toEqual([0, 0]);
  const there = readdirSync(join(folder, "node_modules"));
  expect(there).toContain("commander");
  expect(there.filter((name) => /^(wrangler|workerd|miniflare|vitest|react)$/.test(name))).toEqual([]);
  expect(readdirSync(join(folder, "dist")).filter((name) => name.startsWith("hooks-"))).toEqual([]);
});

test("the second run asks nobody", async () => {
  const { code, said, ms } = await launched(["governance", "--help"], NO_REGISTRY);
  expect(code, said).toBe(0);
  expect(said).not.toContain("Installing");
  console.log(`governance --help from a bare checkout, second run: ${Math.round(ms)} ms`);
});

test("packages of an older version are replaced, those that somebody installed are left alone", {
  timeout: LIMIT_MS,
}, async () => {
  rmSync(join(folder, "node_modules/commander"), { recursive: true });
  expect((await launched(["governance", "--help"])).said).toContain("Installing");
  rmSync(join(folder, "node_modules"), { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  const { code, said } = await launched(["governance", "--help"]);
  expect(code).toBe(3);
  expect(said).toContain("Run `npm ci` there");
});

test("any other command is refused", async () => {
  const { code, said } = await launched(["deploy"]);
  expect(code).toBe(2);
  expect(said).toContain("There is no command deploy here.");
  expect(said).toContain("governance|probe|ci|init|budgets");
});

test("--help says what each command does, and is no error", async () => {
  const { code, said } = await launched(["--help"], NO_REGISTRY);
  expect(code, said).toBe(0);
  for (const command of ["init ci", "governance", "probe", "budgets suggest"])
    expect(said).toMatch(new RegExp(`\\n  ${command} `));
});
