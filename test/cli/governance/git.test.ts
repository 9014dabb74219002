/** What is read from git: every kind of name, mode and history, and never anything that a repository wants to be run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { gitIn } from "../../../cli/governance/git.ts";
import { rangeOf } from "../../../cli/governance/range.ts";
import { readAll, readRange, readStaged } from "../../../cli/governance/read-change.ts";
import type { Change, ChangedFile } from "../../../core/governance/change.ts";
import { changed, git, removeRepositories, repository } from "./repository.ts";

afterAll(removeRepositories);

/** Numbers of the lines that changed, of the first hundred. */
function linesOf(file: ChangedFile | undefined): readonly number[] {
  return Array.from({ length: 100 }, (_, n) => n + 1).filter((line) => file?.changedLines?.has(line) === true);
}

function read(folder: string): Change {
  const range = rangeOf(gitIn(folder), { base: "main", head: "change" }, {});
  if ("problem" in range) throw new Error(range.problem);
  return readRange(gitIn(folder), range);
}

const named = (change: Change) => Object.fromEntries(change.files.map((file) => [file.path, file]));

describe("files of a change", () => {
  test("names with blanks, line breaks, tabs, quotes, other scripts and dashes", () => {
    const names = ["a b.ts", "a\nb.ts", "a\tb.ts", 'a"b.ts', "ünïcødé/文.ts", "-rf", "[id].ts", ":(glob)x", " x"];
    const files = Object.fromEntries(names.map((name) => [name, `${name}\n`]));
    const change = read(changed({}, { message: "Add", files }));
    expect(change.files.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    for (const file of change.files) expect(file).toMatchObject({ text: `${file.path}\n`, status: "added" });
    expect(change.commits[0]?.files.toSorted()).toEqual(names.toSorted());
    expect(change.tree.toSorted()).toEqual([...names, "README.md"].toSorted());
  });

  test("added, changed, deleted and renamed, with lines and the base's text", () => {
    const long = Array.from({ length: 30 }, (_, n) => `line ${n}\n`).join("");
    const change = read(
      changed(
        { "mod.ts": "one\ntwo\nthree\n", "gone.ts": "x\n", "old.ts": long },
        {
          message: "Change",
          files: { "mod.ts": "one\n2\nthree\nfour\n", "gone.ts": null, "old.ts": null, "new.ts": `${long}more\n` },
        },
      ),
    );
    const files = named(change);
    expect(files["mod.ts"]).toMatchObject({ status: "modified", baseText: "one\ntwo\nthree\n", added: 2, removed: 1 });
    expect(linesOf(files["mod.ts"])).toEqual([2, 4]);
    expect(files["gone.ts"]).toMatchObject({ status: "deleted", text: null, baseText: "x\n", removed: 1 });
    expect(files["new.ts"]).toMatchObject({
      status: "renamed",
      oldPath: "old.ts",
      baseText: long,
      added: 1,
      removed: 0,
    });
    expect(linesOf(files["new.ts"])).toEqual([31]);
    expect(change.commits[0]?.files.toSorted()).toEqual(["gone.ts", "mod.ts", "new.ts", "old.ts"]);
  });

  test("binary and huge ones are not read, links and submodules are no text, CRLF stays", () => {
    const change = read(
      changed(
        {},
        {
          message: "Add",
          files: {
            "a.bin": Buffer.from([1, 0, 2, 10, 3]),
            "big.txt": "x".repeat(1_048_577),
            "just.txt": "x".repeat(1_048_576),
            link: "/etc/passwd",
            sub: "0123456789abcdef0123456789abcdef01234567",
            "crlf.ts": "a\r\nb\r\n",
          },
          modes: { link: "120000", sub: "160000" },
        },
      ),
    );
    const files = named(change);
    expect(files["a.bin"]).toMatchObject({ text: null, unread: "binary", added: 0 });
    expect(files["big.txt"]).toMatchObject({ text: null, unread: "too-large" });
    expect(files["just.txt"]?.text).toHaveLength(1_048_576);
    expect(files["link"]).toMatchObject({ text: null, unread: null });
    expect(files["sub"]).toMatchObject({ text: null, unread: null });
    expect(files["crlf.ts"]).toMatchObject({ text: "a\r\nb\r\n", added: 2 });
  });

  test("attributes hide no line: what they call binary is read all the same", () => {
    const folder = changed(
      { "a.ts": "one\n" },
      { message: "Hide", files: { ".gitattributes": "* -diff\n* binary\n", "a.ts": "one\ntwo\n" } },
    );
    // In a work tree, where git looks for them.
    writeFileSync(join(folder, ".gitattributes"), "* -diff\n* binary\n");
    const file = named(read(folder))["a.ts"];
    expect(file?.added).toBe(1);
    expect(linesOf(file)).toEqual([2]);
  });

  test("a link that becomes a file keeps the other files' lines in place", () => {
    const folder = repository([
      { message: "Begin", branch: "main", files: { a: "b", z: "1\n" }, modes: { a: "120000" } },
      { message: "Change", files: { a: "now a file\n", z: "1\n2\n" } },
    ]);
    const files = named(read(folder));
    expect(files["a"]?.text).toBe("now a file\n");
    expect([linesOf(files["a"]), linesOf(files["z"])]).toEqual([[1], [2]]);
  });
});

describe("commits", () => {
  test("are in the order of their parents, with what each touches", () => {
    const folder = changed(
      {},
      { message: "One", files: { "a.ts": "1\n" } },
      { message: "Side", branch: "side", from: "main", files: { "b.ts": "1\n" } },
      { message: "Merge side\n\nBody", merges: ["side"], files: { "b.ts": "1\n" } },
    );
    const { commits } = read(folder);
    expect(commits.map(({ message, files, isMerge }) => [message.trim(), files, isMerge])).toEqual([
      [expect.any(String), [expect.any(String)], false],
      [expect.any(String), [expect.any(String)], false],
      ["Merge side\n\nBody", [], true],
    ]);
    expect(new Set(commits.at(-1)?.parents)).toEqual(new Set(commits.slice(0, 2).map(({ sha }) => sha)));
    expect(commits[0]).toMatchObject({ author: "A Person <person@example.com>" });
  });

  test("a merge touches what is as in none of its parents", () => {
    const folder = changed(
      { "s.ts": "1\n" },
      { message: "One", files: { "s.ts": "2\n" } },
      { message: "Side", branch: "side", from: "main", files: { "s.ts": "3\n" } },
      { message: "Merge", merges: ["side"], files: { "s.ts": "4\n" } },
    );
    expect(read(folder).commits.at(-1)).toMatchObject({ isMerge: true, files: ["s.ts"] });
  });

  test("what came in with the base's branch is not the change's", () => {
    const folder = changed(
      {},
      { message: "One", files: { "a.ts": "1\n" } },
      { message: "On main", branch: "main", files: { "m.ts": "1\n" } },
      { message: "Merge main", merges: ["main"], files: { "m.ts": "1\n" } },
    );
    const { commits, files } = read(folder);
    expect(commits.map(({ message }) => message)).not.toContain("On main");
    expect(files.map(({ path }) => path)).toEqual(["a.ts"]);
  });
});

describe("what is staged", () => {
  test("is the index, not the work tree, also before the first commit", () => {
    const folder = repository([]);
    writeFileSync(join(folder, "a.ts"), "staged\n");
    git(folder, ["add", "a.ts"]);
    writeFileSync(join(folder, "a.ts"), "not staged\n");
    writeFileSync(join(folder, "b.ts"), "not staged\n");
    const change = readStaged(gitIn(folder), "Message");
    expect(change).toMatchObject({ scope: "staged", base: null, tree: ["a.ts"] });
    expect(change.files).toMatchObject([{ path: "a.ts", status: "added", text: "staged\n" }]);
    expect(change.commits).toMatchObject([{ message: "Message", files: ["a.ts"] }]);
    expect(readStaged(gitIn(folder), null).commits).toEqual([]);
  });
});

test("nothing that a repository's settings name is run", () => {
  const folder = changed(
    { "a.ts": "1\n" },
    { message: "One", files: { "a.ts": "2\n", ".gitattributes": "*.ts diff=x filter=x\n" } },
  );
  git(folder, ["checkout", "-q", "-f", "change"]);
  const trap = join(folder, "trap.sh");
  const sprung = join(folder, "sprung");
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> '${sprung}'\ncat\n`, { mode: 0o755 });
  mkdirSync(join(folder, "hooks"));
  const settings = {
    "core.fsmonitor": trap,
    "core.hooksPath": join(folder, "hooks"),
    "core.pager": trap,
    "diff.external": trap,
    "diff.x.command": trap,
    "diff.x.textconv": trap,
    "filter.x.clean": trap,
    "filter.x.smudge": trap,
    "filter.x.process": trap,
    "gpg.program": trap,
    "log.showSignature": "true",
    "core.sshCommand": trap,
    "core.editor": trap,
    "core.askPass": trap,
  };
  for (const [name, value] of Object.entries(settings)) git(folder, ["config", name, value]);
  // The trap works: git itself, unasked, runs it.
  execFileSync("git", ["diff", "main", "change"], { cwd: folder, stdio: "pipe" });
  expect(existsSync(sprung)).toBe(true);
  execFileSync("rm", [sprung]);
  const wrapped = gitIn(folder);
  read(folder);
  readStaged(wrapped, null);
  readAll(wrapped, "change");
  expect(existsSync(sprung)).toBe(false);
});
