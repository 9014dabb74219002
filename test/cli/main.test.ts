/** What the command says of itself without any of its sub-commands. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);

test("--version prints the version of the package and nothing else", () => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));
  const said = execFileSync(process.execPath, [new URL("cli/bin.mjs", ROOT).pathname, "--version"], {
    encoding: "utf8",
  });
  expect(said).toBe(`${version}\n`);
});
