/** Golden files: what a translation gave when somebody last looked. `UPDATE_GOLDEN=1` writes them anew; look at the difference then. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { stringify } from "yaml";

const FOLDER = new URL("../../fixtures/stacks/", import.meta.url);

export function expectGolden(name: string, value: unknown): void {
  const file = fileURLToPath(new URL(name, FOLDER));
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, text);
  expect(existsSync(file), `${file} is missing: run with UPDATE_GOLDEN=1`).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
}
