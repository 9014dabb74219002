/** The list of variables against what people read: the README's table and the two example files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentWith } from "../../../infra/local/settings/environment.ts";
import { settingsTable } from "../../../infra/local/settings/table.ts";
import { VARIABLES } from "../../../infra/local/settings/variables.ts";

const ROOT = join(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

test.each([".env.example", ".dev.vars.example"])("every name in %s is a variable of the project", (file) => {
  const names = [...read(file).matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
  const known = new Set<string>(VARIABLES.map(({ name }) => name));
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => !known.has(name ?? ""))).toEqual([]);
});

test("no secret stands in an example file", () => {
  const secrets = VARIABLES.filter((variable) => "secret" in variable).map(({ name }) => name);
  for (const file of [".env.example", ".dev.vars.example"])
    for (const name of secrets) expect(read(file)).not.toMatch(new RegExp(`${name}=\\S`));
});

/** The formatter pads the columns of a table. */
const withoutPadding = (table: string): string => table.replaceAll(/ +/g, " ").replaceAll(/\| ?-+ ?(?=\|)/g, "|-");

test("the README's table of settings is the list of variables", () => {
  const [, table = ""] = /<!-- variables -->\n([\s\S]*?)\n<!-- \/variables -->/.exec(read("README.md")) ?? [];
  expect(withoutPadding(table)).toBe(withoutPadding(settingsTable()));
});

test("what is set goes before the file, and the file's values are not run or expanded", () => {
  const folder = mkdtempSync(join(tmpdir(), "environment-"));
  const file = join(folder, ".env");
  writeFileSync(file, "A=from file\nB=$(touch x)${A}\n");
  expect(environmentWith(file, { A: "set" })).toEqual({ A: "set", B: "$(touch x)${A}" });
  expect(environmentWith(join(folder, "none"), { A: "set" })).toEqual({ A: "set" });
  rmSync(folder, { recursive: true });
});
