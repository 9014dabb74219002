/** Which groups of paths a change touches, in real repositories. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseOf } from "../../../cli/ci/base.ts";
import { changedPaths, groupChanges, readGroup } from "../../../cli/ci/changes.ts";

const folder = mkdtempSync(join(tmpdir(), "shadow-changes-"));
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  }).trim();
const commit = (files: Readonly<Record<string, string>>, message: string): string => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
  return git("rev-parse", "HEAD");
};

let base = "";
let main = "";

beforeAll(() => {
  git("init", "--quiet", "--initial-branch=main");
  base = commit({ "src/a.py": "a = 1\n", "docs/old.md": "old\n" }, "First");
  git("checkout", "--quiet", "-b", "change");
  git("mv", "docs/old.md", "docs/new.md");
  commit({ "src/ä b\n.py": "b = 1\n" }, "Change");
  git("checkout", "--quiet", "main");
  main = commit({ "api/other.py": "c = 1\n" }, "Somebody else's");
  git("checkout", "--quiet", "change");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("changed paths", () => {
  test("are those since head left base: what others did on main is not this change", () => {
    expect(changedPaths(folder, { commit: main })).toEqual(["docs/new.md", "docs/old.md", "src/ä b\ufffd.py"]);
    expect(changedPaths(folder, { commit: base })).toEqual(changedPaths(folder, { commit: main }));
  });

  test("are not known against a commit that is not here, which is said", () => {
    expect(changedPaths(folder, { commit: "f".repeat(40) })).toMatch(/cannot be compared with .*fetch-depth: 0/);
  });

  test("take no option for a commit", () => {
    expect(changedPaths(folder, { commit: "--output=stolen" })).toMatch(/does not begin with -/);
  });
});

describe("groups", () => {
  const groups = ["src=src/**", "docs=docs/** !**/old.md", "api=api/**"].map(
    (text) => readGroup(text) ?? expect.fail(),
  );

  test("say what of them changed, and why", () => {
    const paths = changedPaths(folder, { commit: base });
    expect(groupChanges(groups, paths)).toEqual([
      { name: "src", changed: true, because: "src/ä b\ufffd.py" },
      { name: "docs", changed: true, because: "docs/new.md" },
      { name: "api", changed: false, because: "none of 3 changed files fits" },
    ]);
  });

  test("all changed where nobody can say", () => {
    expect(groupChanges(groups, "the branch is new").map(({ changed, because }) => [changed, because])).toEqual(
      Array.from({ length: 3 }, () => [true, "the branch is new"]),
    );
  });

  test("see files that begin with a dot", () => {
    const group = readGroup("ci=.github/** **/*.yml");
    expect(groupChanges([group ?? expect.fail()], [".github/x", "a/.b.yml"])[0]?.because).toBe(".github/x and 1 more");
  });

  test("a group of exclusions alone is every other file", () => {
    const group = readGroup("code=!docs/**") ?? expect.fail();
    expect(groupChanges([group], ["docs/a.md", "src/a.ts"])[0]).toMatchObject({ changed: true, because: "src/a.ts" });
    expect(groupChanges([group], ["docs/a.md"])[0]?.changed).toBe(false);
  });

  test.each(["", "a", "a=", "a= ", "=b", "A=b", "1a=b", "a b=c"])("are not written as %j", (text) => {
    expect(readGroup(text)).toBeNull();
  });
});

describe("the base of an event", () => {
  const event = (json: unknown): Record<string, string> => {
    const path = join(folder, "event.json");
    writeFileSync(path, JSON.stringify(json));
    return { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: "some" };
  };

  test.each([
    ["a pull request", { pull_request: { base: { sha: "abc" } }, before: "def" }, { commit: "abc" }],
    ["a push", { before: "def" }, { commit: "def" }],
    ["a merge queue", { merge_group: { base_sha: "ghi" } }, { commit: "ghi" }],
    ["a new branch", { before: "0".repeat(40) }, { none: "the branch is new" }],
    ["a run by hand", { inputs: {} }, { none: "the event some has no commit to compare with" }],
  ])("of %s", (_name, json, expected) => {
    expect(baseOf(event(json))).toEqual(expected);
  });

  test("is unknown outside of GitHub, and where the file is none", () => {
    expect(baseOf({})).toEqual({ none: expect.stringContaining("--base names a commit") });
    expect(baseOf({ GITHUB_EVENT_PATH: join(folder, "nothing.json") })).toEqual({
      none: expect.stringContaining("is no event of GitHub"),
    });
  });
});
