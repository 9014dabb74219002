/** Authors who want a bad change through: each case is a way past the rules that somebody could try in a pull request. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { gitIn } from "../../../cli/governance/git.ts";
import { rangeOf } from "../../../cli/governance/range.ts";
import { ruleWith } from "../../core/governance/given.ts";
import { TABLE } from "./cases.ts";
import { hits, problem, report } from "./judged.ts";
import { changed, git, removeRepositories, type Step } from "./repository.ts";

afterAll(removeRepositories);

const PATH = ".shadow-infra/governance.json";
const APPROVED = "[ALEX-APPROVED] Take it\n\nApproved by: the owners\nRisk: low";
const XGBOOST = ruleWith([{ kind: "forbidden-imports", modules: ["xgboost"] }]);
const SCHEMAS = ruleWith([{ kind: "schema-approval", schemas: ["schemas/**"] }]);

function rules(...all: readonly object[]): string {
  return JSON.stringify({ version: 1, rules: all });
}

async function found(files: Step["files"], head: Step["files"], rule: object = XGBOOST): Promise<readonly string[]> {
  return hits(await report(changed({ [PATH]: rules(rule), ...files }, { message: "Change", files: head })));
}

describe("code is not hidden from the rules", () => {
  test.each<[string, string, string | Buffer, string]>([
    ["by a byte that makes it look binary", "a.py", "# \0\nimport xgboost\n", "a.py:2 imports xgboost"],
    ["by that byte in TypeScript", "a.ts", '/* \0 */ import "xgboost";\n', "a.ts:1 imports xgboost"],
    [
      "by UTF-16, which compilers read",
      "a.ts",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('import "xgboost";\n', "utf16le")]),
      "a.ts:1 imports xgboost",
    ],
    ["by its size", "a.js", `//${"x".repeat(1_048_577)}\nimport "xgboost";\n`, "a.js is larger than 1024 KiB"],
    [
      "by an encoding that spells it otherwise",
      "a.py",
      "# coding: utf-7\n+AGkAbQ-port x\n",
      "a.py:1 is written in utf-7",
    ],
    [
      "by an encoding that makes a comment code",
      "a.py",
      "#!/usr/bin/python3\n# -*- coding: unicode_escape -*-\n#\\u000aimport xgboos\\u0074\n",
      "a.py:2 is written in unicode_escape",
    ],
  ])("%s", async (_, path, content, hit) => {
    expect(await found({}, { [path]: content })).toEqual([expect.stringContaining(hit)]);
  });

  test("and encodings that change no letter of ASCII are read", async () => {
    expect(
      await found({}, { "a.py": "# -*- coding: latin-1 -*-\nx = 1\n", "b.py": "# vim: set fileencoding=utf-8 :\n" }),
    ).toEqual([]);
  });

  test("and large files that are no code, or were there before, are as they were", async () => {
    const large = { "data.csv": "x".repeat(1_048_577), "old.js": "x".repeat(1_048_577) };
    expect(await found({ "old.js": large["old.js"] }, large)).toEqual([]);
  });
});

describe("an approval is not made to hold for something else", () => {
  const evil = { "schemas/a.json": '{"evil":true}\n' };
  const good = { "schemas/a.json": '{"good":true}\n' };

  test("by a merge that brings back what was there before it", async () => {
    const folder = changed(
      { [PATH]: rules(SCHEMAS), "schemas/a.json": "{}\n" },
      { message: "Try", files: evil },
      { message: "Back", files: {}, branch: "old", from: "change" },
      { message: "Better", files: good },
      { message: APPROVED },
      { message: "Merge branch 'old'", merges: ["old"], files: evil },
    );
    expect(hits(await report(folder))).toEqual([expect.stringContaining("no commit since approves it")]);
  });

  test("but a merge that only brings other files leaves it as it is", async () => {
    const folder = changed(
      { [PATH]: rules(SCHEMAS), "schemas/a.json": "{}\n" },
      { message: "Better", files: good },
      { message: APPROVED },
      { message: "Other", files: { "b.txt": "b" }, branch: "side", from: "main" },
      { message: "Merge branch 'side'", merges: ["side"], files: { "b.txt": "b" } },
    );
    expect(hits(await report(folder))).toEqual([]);
  });
});

describe("the rules are not taken away", () => {
  test("by attributes that make git keep another text than the one that judges", async () => {
    const folder = changed({ [PATH]: rules(XGBOOST) }, { message: "Keep", files: { "a.txt": "a" } });
    mkdirSync(join(folder, ".shadow-infra"));
    writeFileSync(join(folder, PATH), rules(XGBOOST));
    writeFileSync(join(folder, ".gitattributes"), "*.json eol=lf\n");
    expect(hits(await report(folder, { head: undefined }))).toEqual([]);
    for (const attributes of ["*.json working-tree-encoding=IBM037", "*.json filter=x", "probe.json filter=x"]) {
      writeFileSync(join(folder, ".shadow-infra/.gitattributes"), `${attributes}\n`);
      expect(await problem(folder, { head: undefined })).toMatchObject({
        kind: "usage",
        problem: expect.stringContaining(".gitattributes converts"),
      });
    }
  });

  test("by a symbolic link in their place, or in that of their folder", async () => {
    const folder = changed({ [PATH]: rules(XGBOOST) }, { message: "Link", files: { "a.txt": "a" } });
    writeFileSync(join(folder, "other.json"), rules(XGBOOST));
    mkdirSync(join(folder, ".shadow-infra"));
    symlinkSync("../other.json", join(folder, PATH));
    expect(await problem(folder, { head: undefined })).toMatchObject({
      kind: "usage",
      problem: expect.stringContaining("symbolic link"),
    });
    const second = changed({ [PATH]: rules(XGBOOST) }, { message: "Link", files: { "a.txt": "a" } });
    mkdirSync(join(second, "real"));
    writeFileSync(join(second, "real", "governance.json"), rules(XGBOOST));
    symlinkSync("real", join(second, ".shadow-infra"));
    expect(await problem(second, { head: undefined })).toMatchObject({
      problem: expect.stringContaining("symbolic link"),
    });
  });

  test("by a tag, or a branch of one's own, that is called like the base", () => {
    const folder = changed({}, { message: "One", files: { "a.ts": "1\n" } });
    git(folder, ["update-ref", "refs/remotes/origin/main", "main"]);
    git(folder, ["tag", "origin/main", "change"]);
    git(folder, ["update-ref", "refs/heads/origin/main", "change"]);
    git(folder, ["tag", "main", "change"]);
    const main = git(folder, ["rev-parse", "refs/heads/main"]).trim();
    const ask = (base?: string, env = {}) => rangeOf(gitIn(folder), { base, head: "refs/heads/change" }, env);
    expect(ask(undefined, { GITHUB_BASE_REF: "main" })).toMatchObject({ base: main });
    expect(ask()).toMatchObject({ base: main });
    expect(ask("origin/main")).toMatchObject({ base: main });
    expect(ask("main")).toMatchObject({ base: main });
  });

  test("by an exception that the same change writes", async () => {
    const exception = { rule: 1, path: "**", reason: "We need it very much", expires: "2026-12-31" };
    const excepted = JSON.stringify({ version: 1, rules: [XGBOOST], exceptions: [exception] });
    const head = { [PATH]: excepted, "a.py": "import xgboost\n" };
    expect(await found({}, head)).toEqual([expect.stringContaining("imports xgboost")]);
  });

  test("by words in their file that speak to the runner", async () => {
    const bad = JSON.stringify({ version: 1, rules: [XGBOOST], "x\n::add-mask::true": 1 });
    const folder = changed({ [PATH]: rules(XGBOOST) }, { message: "Mask", files: { [PATH]: bad } });
    const { problem: words } = await problem(folder);
    expect(words).toContain("add-mask");
    expect(words).not.toMatch(/^\s*::/m);
  });
});

describe("what the rules look up is the base's until somebody approves", () => {
  const CRYPTO = ruleWith([{ kind: "cryptography", table: "docs/cryptography.md" }]);
  const MD5 = { "a.py": "import hashlib\nhashlib.md5(b'x')\n" };
  const base = { "docs/cryptography.md": TABLE };
  const allowing = {
    "docs/cryptography.md": TABLE.replace("| MD5 | nowhere | forbidden", "| MD5 | nowhere | allowed"),
  };

  test("an algorithm is not allowed by a row of the same change", async () => {
    expect(await found(base, { ...MD5, ...allowing }, CRYPTO)).toEqual([
      expect.stringContaining("hashlib.md5 uses md5"),
    ]);
  });

  test("nor by taking the table away", async () => {
    expect(await found(base, { ...MD5, "docs/cryptography.md": null }, CRYPTO)).toEqual([
      expect.stringContaining("hashlib.md5 uses md5"),
    ]);
  });

  test("but by a row that is approved, and forbidden by one at once", async () => {
    const approved = { message: APPROVED, files: { ...MD5, ...allowing } };
    expect(hits(await report(changed({ [PATH]: rules(CRYPTO), ...base }, approved)))).toEqual([]);
    const forbidding = { "docs/cryptography.md": TABLE.replace("everywhere | allowed", "everywhere | forbidden") };
    expect(await found(base, { ...forbidding, "a.py": "import hashlib\nhashlib.sha256(b'x')\n" }, CRYPTO)).toHaveLength(
      1,
    );
  });

  test("nobody is free of owners by taking CODEOWNERS away", async () => {
    const OWNED = ruleWith([{ kind: "code-owners", approvals: "commits" }]);
    const gone = { ".github/CODEOWNERS": null, "a.py": "x" };
    const folder = changed(
      { [PATH]: rules(OWNED), ".github/CODEOWNERS": "* @o/owners\n" },
      { message: "x", files: gone },
    );
    expect(hits(await report(folder))).toEqual([
      expect.stringContaining("takes CODEOWNERS away"),
      expect.stringContaining("no owner of .github/CODEOWNERS has approved (@o/owners)"),
      expect.stringContaining("no owner of a.py has approved (@o/owners)"),
    ]);
  });

  test("owners who must approve are those of the base's CODEOWNERS", async () => {
    const OWNED = ruleWith([{ kind: "code-owners", approvals: "commits" }]);
    const folder = changed(
      { [PATH]: rules(OWNED), ".github/CODEOWNERS": "* @o/owners\n/new/\n" },
      {
        message: "Own it myself\n\nApproved-by: @me",
        files: { ".github/CODEOWNERS": "* @me\n", "a.py": "x", "new/a.py": "x" },
      },
    );
    expect(hits(await report(folder))).toEqual([
      expect.stringContaining("no owner of .github/CODEOWNERS has approved (@o/owners)"),
      expect.stringContaining("no owner of a.py has approved (@o/owners)"),
    ]);
  });
});
