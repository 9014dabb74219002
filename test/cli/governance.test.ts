/** `shadow-infra governance` as a user runs it: a real process in a repository. What it finds is tested in the folder beside this. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ruleWith } from "../core/governance/given.ts";
import { changed, git, removeRepositories } from "./governance/repository.ts";

const BIN = new URL("../../cli/bin.mjs", import.meta.url).pathname;
afterAll(removeRepositories);

async function run(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, "governance", ...args], { cwd, env: { PATH: process.env.PATH } });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

test("judges the change, writes every output before it exits, and is right from a sub-folder", async () => {
  const rules = JSON.stringify({ version: 1, rules: [ruleWith([{ kind: "large-change", max_lines: 1 }])] });
  const folder = changed(
    { ".shadow-infra/governance.json": rules },
    { message: "Add", files: { "sub/a.txt": "1\n2\n" } },
  );
  git(folder, ["reset", "-q", "--hard"]);
  const { code, stdout, stderr } = await run(
    join(folder, "sub"),
    "--output",
    "json=out.json",
    "--output",
    "sarif=out.sarif",
  );
  expect(stderr).toBe("");
  expect(stdout).toMatch(
    /^Governance of 1 file in 1 commit, from main \([0-9a-f]{10}\) to [0-9a-f]{10}, by \.shadow-infra\/governance\.json\n✗ {2}1 A rule \(ERROR\)\n {4}the change is large: 2 lines, more than 1\n/,
  );
  expect(stdout).toContain("Governance failed: 1 violation blocks");
  expect(code).toBe(1);
  expect(JSON.parse(readFileSync(join(folder, "sub/out.json"), "utf8"))).toMatchObject({
    schemaVersion: 1,
    exitCode: 1,
    scope: "change",
  });
  expect(existsSync(join(folder, "sub/out.sarif"))).toBe(true);
});

test("refuses what does not go together, and says where rules come from", async () => {
  const folder = changed({});
  mkdirSync(folder, { recursive: true });
  expect(await run(folder, "--staged", "--all")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("cannot be used with"),
  });
  expect(await run(folder, "--all", "--head", "main")).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining(
      "There are no rules here: neither .shadow-infra/governance.json nor .github/ALEX_RULES.json. `shadow-infra init ci` writes them.",
    ),
  });
});
