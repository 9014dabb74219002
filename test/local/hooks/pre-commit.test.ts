/** The real pre-commit with a clone of this project, in a repository of somebody else: what it lets through, what it refuses, what it installs. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkout, ended, git, temporaryFolder } from "./checkout.ts";
import { preCommitVersion } from "./pre-commit-program.ts";

const version = await preCommitVersion();
const title =
  version === null
    ? "SKIPPED, nothing of this was tried: pre-commit is not there and cannot be installed. The hooks of pre-commit"
    : `the hooks of ${version}`;

const RULES = {
  version: 1,
  rules: [
    {
      id: 3,
      category: "PERFORMANCE",
      title: "No Heavy ML Imports in Request Path",
      severity: "ERROR",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "forbidden-imports", modules: ["torch"] }],
      scope: ["api/**"],
    },
    {
      id: 8,
      category: "SECURITY",
      title: "No Hardcoded Secrets",
      severity: "CRITICAL",
      enforcement: "CI_BLOCK",
      checks: [{ kind: "secrets" }],
    },
  ],
};

/** The other format, with the rule that is all it takes. */
const ALEX_RULES = {
  governance_id: "EXAMPLE-01",
  rules: [
    { id: 8, category: "SECURITY", title: "No Hardcoded Secrets", severity: "CRITICAL", enforcement: "CI_BLOCK" },
  ],
};

/** Put together here, so that no scanner takes this file for one that holds a secret. */
const SECRET = ["gh", "p_", "1B4mQx8Zt0VwYc6Lr2Ks", "9NdHfGjPaEuTiO37"].join("");

describe.skipIf(version === null)(title, { timeout: 180_000 }, () => {
  let [hooks, user, home] = ["", "", ""];
  const env = () => ({ PRE_COMMIT_HOME: home, NO_COLOR: "1" });
  const commit = (...args: readonly string[]) => git({ cwd: user, env: env() }, "commit", "-m", "Change it", ...args);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(user, path)), { recursive: true });
    writeFileSync(join(user, path), text);
  };
  const stage = async (path: string, text: string): Promise<void> => {
    write(path, text);
    await git({ cwd: user }, "add", path);
  };
  /** Everything as at the last commit. */
  const reset = () => git({ cwd: user }, "reset", "-q", "--hard");

  beforeAll(async () => {
    hooks = await checkout();
    [user, home] = [temporaryFolder("user"), temporaryFolder("pre-commit")];
    const rev = (await git({ cwd: hooks }, "rev-parse", "HEAD")).said.trim();
    await git({ cwd: user }, "init", "-q");
    const ids = ["shadow-infra-governance", "alex-governance"].map((id) => `      - id: ${id}\n`).join("");
    await stage(".pre-commit-config.yaml", `repos:\n  - repo: ${hooks}\n    rev: ${rev}\n    hooks:\n${ids}`);
    await stage(".shadow-infra/governance.json", JSON.stringify(RULES));
    await stage(".github/ALEX_RULES.json", JSON.stringify(ALEX_RULES));
    const installed = await ended("pre-commit", ["install"], { cwd: user, env: env() });
    if (installed.code !== 0) throw new Error(installed.said);
  }, 120_000);
  afterAll(() => {
    for (const folder of [hooks, user, home]) rmSync(folder, { recursive: true, force: true });
  });

  test("the manifest is one to pre-commit itself", async () => {
    const { code, said } = await ended("pre-commit", ["validate-manifest", ".pre-commit-hooks.yaml"], { cwd: hooks });
    expect(code, said).toBe(0);
  });

  test("the first commit of a repository passes, and the runtime of the Workers is not installed for it", async () => {
    const { code, said, ms } = await commit();
    expect(code, said).toBe(0);
    expect(said).toMatch(/governance of staged changes\.+Passed/);
    const packages = readdirSync(home, { recursive: true, encoding: "utf8" });
    expect(packages.some((path) => path.endsWith("node_modules/commander"))).toBe(true);
    expect(packages.filter((path) => /node_modules\/(wrangler|workerd|miniflare)$/.test(path))).toEqual([]);
    console.log(`first commit, packages installed: ${Math.round(ms)} ms`);
  });

  test("a clean commit passes, a file that only mentions a forbidden name too", async () => {
    await stage("api/app.py", '"""Not a word of import torch."""\nNAME = "torch"\n');
    const { code, said, ms } = await commit();
    expect(code, said).toBe(0);
    console.log(`commit with both hooks, second run: ${Math.round(ms)} ms`);
  });

  test("a forbidden import is refused", async () => {
    await stage("api/model.py", "import os\nfrom torch import nn\n");
    const { code, said } = await commit();
    await reset();
    expect(code).toBe(1);
    expect(said).toContain("api/model.py:2");
    expect(said).toContain("torch");
  });

  test("a secret is refused by both and not repeated", async () => {
    await stage("settings.py", `TOKEN = "${SECRET}"\n`);
    const { code, said } = await commit();
    await reset();
    expect(code).toBe(1);
    expect(said.match(/settings\.py:1/g)?.length).toBeGreaterThanOrEqual(2);
    expect(said).not.toContain(SECRET);
  });

  test("what is staged is judged, not what lies in the folder", async () => {
    await stage("api/app.py", "import os\n");
    write("api/app.py", "import torch\n");
    const { code, said } = await commit();
    expect(code, said).toBe(0);
    const all = await commit("--all");
    await reset();
    expect(all.code).toBe(1);
    expect(all.said).toContain("api/app.py:1");
  });

  test("of what is staged, that which this commit takes is judged", async () => {
    await stage("api/other.py", "import torch\n");
    await stage("README.md", "Words.\n");
    const { code, said } = await commit("--only", "README.md");
    await reset();
    expect(code, said).toBe(0);
  });

  test("between two commits it looks at what lies between them", async () => {
    await stage("api/late.py", "import torch\n");
    await commit("--no-verify");
    const refs = ["--from-ref", "HEAD~1", "--to-ref", "HEAD"];
    const { code, said } = await ended("pre-commit", ["run", "shadow-infra-governance", ...refs], {
      cwd: user,
      env: env(),
    });
    expect(code).toBe(1);
    expect(said).toContain("api/late.py:1");
  });
});
