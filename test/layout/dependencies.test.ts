/** What is installed is what was tried: exact versions, one runtime, and a lock file that names no place on the network. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "./project-tree.ts";

const VersionsSchema = z.record(z.string(), z.string()).default({});
const PackageSchema = z.object({
  dependencies: VersionsSchema,
  devDependencies: VersionsSchema,
  optionalDependencies: VersionsSchema,
});
const LockSchema = z.object({ packages: z.record(z.string(), z.looseObject({ version: z.string().optional() })) });
const json = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
const lock = LockSchema.parse(json("package-lock.json"));

test("exactly one miniflare is installed, the one wrangler asks for", () => {
  const wanted = PackageSchema.parse(json("node_modules/wrangler/package.json")).dependencies.miniflare;
  const installed = globSync("node_modules/{,**/node_modules/}miniflare/package.json", { cwd: ROOT });
  expect(installed).toEqual(["node_modules/miniflare/package.json"]);
  expect(json("node_modules/miniflare/package.json")).toMatchObject({ version: wanted });
});

test("the lock file has that one too, and no other", () => {
  const locked = Object.keys(lock.packages).filter((path) => /(^|\/)node_modules\/miniflare$/.test(path));
  expect(locked).toEqual(["node_modules/miniflare"]);
});

test("every version in package.json is exact", () => {
  const { dependencies, devDependencies, optionalDependencies } = PackageSchema.parse(json("package.json"));
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

test("the lock file names no registry, so that it works behind any", () => {
  expect(Object.entries(lock.packages).filter(([, entry]) => "resolved" in entry)).toEqual([]);
  expect(readFileSync(join(ROOT, "package-lock.json"), "utf8")).not.toMatch(/"resolved"/);
});
