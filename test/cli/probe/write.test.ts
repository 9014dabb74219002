/** Files whole or not at all. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { defaultOutput, writeWhole } from "../../../cli/probe/write.ts";

const folder = mkdtempSync(join(tmpdir(), "shadow-infra-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("results go into the temporary folder under the name that other tools look for", () => {
  expect(defaultOutput()).toBe(join(tmpdir(), "shadow_probe_results.json"));
});

it("a file replaces the one before, folders are made, and nothing is left beside it", async () => {
  const path = join(folder, "a/b/results.json");
  expect(await writeWhole(path, "one")).toBeNull();
  expect(await writeWhole(path, "two")).toBeNull();
  expect([readFileSync(path, "utf8"), readdirSync(join(folder, "a/b"))]).toEqual(["two", ["results.json"]]);
});

it("what cannot be written is said in a sentence, and the old file stays", async () => {
  writeFileSync(join(folder, "file"), "old");
  expect(await writeWhole(join(folder, "file/results.json"), "new")).toMatch(/^Cannot write .*results\.json: /);
  mkdirSync(join(folder, "taken"));
  expect(await writeWhole(join(folder, "taken"), "new")).toMatch(/^Cannot write .*taken: /);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});
