/** Which commits are judged: by flags, by what a CI job says, by origin; and what is refused. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { gitIn } from "../../../cli/governance/git.ts";
import { rangeOf } from "../../../cli/governance/range.ts";
import { readAll, readRange } from "../../../cli/governance/read-change.ts";
import { changed, git, removeRepositories, repository } from "./repository.ts";

afterAll(removeRepositories);

function rangeIn(
  folder: string,
  asked: { base?: string; head?: string } = {},
  env: Readonly<Record<string, string>> = {},
) {
  return rangeOf(gitIn(folder), asked, env);
}

const folder = () => changed({}, { message: "One", files: { "a.ts": "1\n" } });

test("without flags begins at origin's default branch, then at main", () => {
  const one = folder();
  expect(rangeIn(one)).toMatchObject({ baseName: "main" });
  git(one, ["update-ref", "refs/remotes/origin/trunk", "main"]);
  git(one, ["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"]);
  expect(rangeIn(one)).toMatchObject({ baseName: "origin/trunk" });
});

test("of a pull request's job begins at its base, and at no other where that is missing", () => {
  const one = folder();
  const missing = (name: string) => ({ kind: "usage", problem: expect.stringContaining(`origin/${name}`) });
  const env = { GITHUB_BASE_REF: "main" };
  // A local branch of that name may stand anywhere, also where the change is.
  expect(rangeIn(one, {}, env)).toMatchObject(missing("main"));
  expect(rangeIn(one, {}, { GITHUB_BASE_REF: "develop" })).toMatchObject(missing("develop"));
  const event = join(one, "event.json");
  const base = git(one, ["rev-parse", "main"]).trim();
  writeFileSync(event, JSON.stringify({ pull_request: { base: { sha: base } } }));
  expect(rangeIn(one, {}, { ...env, GITHUB_EVENT_PATH: event })).toMatchObject({ base, baseName: base });
  git(one, ["update-ref", "refs/remotes/origin/main", "main"]);
  expect(rangeIn(one, {}, { ...env, GITHUB_EVENT_PATH: event })).toMatchObject({ base, baseName: "origin/main" });
});

test("of a push begins where the branch was, and of a new branch at the default one", () => {
  const one = folder();
  const event = join(one, "event.json");
  const before = git(one, ["rev-parse", "main"]).trim();
  const env = { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: event };
  writeFileSync(event, JSON.stringify({ before }));
  expect(rangeIn(one, {}, env)).toMatchObject({ base: before, baseName: before });
  writeFileSync(event, JSON.stringify({ before: "0".repeat(40) }));
  expect(rangeIn(one, {}, env)).toMatchObject({ baseName: "main" });
  writeFileSync(event, "{");
  expect(rangeIn(one, {}, env)).toMatchObject({ baseName: "main" });
});

test("of a merge queue begins at the commit that it names, and at no other", () => {
  const one = folder();
  const event = join(one, "event.json");
  const base = git(one, ["rev-parse", "main"]).trim();
  const env = { GITHUB_EVENT_NAME: "merge_group", GITHUB_EVENT_PATH: event };
  writeFileSync(event, JSON.stringify({ merge_group: { base_sha: base } }));
  expect(rangeIn(one, {}, env)).toMatchObject({ base, baseName: base });
  writeFileSync(event, JSON.stringify({ merge_group: { base_sha: "a".repeat(40) } }));
  expect(rangeIn(one, {}, env)).toMatchObject({ kind: "usage" });
});

test("of a repository's first commit is all of it", () => {
  const one = repository([{ message: "First", branch: "change", files: { "a.ts": "1\n" } }]);
  const range = rangeIn(one);
  if ("problem" in range) throw new Error(range.problem);
  expect(range.base).toBeNull();
  const change = readRange(gitIn(one), range);
  expect(change.files).toMatchObject([{ path: "a.ts", status: "added" }]);
  expect(change.commits).toMatchObject([{ message: "First", files: ["a.ts"] }]);
});

test("without a commit, with an unknown name or an option as name says what to do", () => {
  expect(rangeIn(repository([]))).toMatchObject({ kind: "usage", problem: expect.stringContaining("--staged") });
  expect(rangeIn(folder(), { base: "nowhere" })).toMatchObject({
    kind: "usage",
    problem: expect.stringContaining("git fetch origin"),
  });
  expect(rangeIn(folder(), { base: "--output=x" })).toMatchObject({ kind: "usage" });
  expect(rangeIn(folder(), { head: "--all" })).toMatchObject({ kind: "usage" });
});

test("with a detached head is the head's", () => {
  const one = folder();
  git(one, ["update-ref", "--no-deref", "HEAD", git(one, ["rev-parse", "change"]).trim()]);
  expect(rangeIn(one)).toMatchObject({ head: git(one, ["rev-parse", "change"]).trim() });
});

test("of a shallow clone is refused with the fix, unless all that it needs is there", () => {
  const one = changed({}, ...["One", "Two", "Three"].map((message, n) => ({ message, files: { "a.ts": `${n}\n` } })));
  const clone = (depth: number) => {
    const into = repository([]);
    git(into, ["fetch", "-q", `--depth=${depth}`, `file://${one}`, "main:main", "change:work"]);
    git(into, ["symbolic-ref", "HEAD", "refs/heads/work"]);
    return into;
  };
  expect(rangeIn(clone(1), { base: "main" })).toMatchObject({
    kind: "undecided",
    problem: expect.stringContaining("fetch-depth: 0"),
  });
  expect(rangeIn(clone(2), { base: "main" })).toMatchObject({
    kind: "undecided",
    problem: expect.stringContaining("git fetch --unshallow"),
  });
  expect(rangeIn(clone(2), { base: "origin/elsewhere" })).toMatchObject({
    kind: "undecided",
    problem: expect.stringContaining("fetch-depth: 0"),
  });
  expect(rangeIn(clone(2), { base: "HEAD~1" })).toMatchObject({ baseName: "HEAD~1" });
  // A push whose beginning is not here is not taken for nothing.
  const pushed = clone(1);
  git(pushed, ["update-ref", "refs/remotes/origin/main", "work"]);
  writeFileSync(join(pushed, "event.json"), JSON.stringify({ before: git(one, ["rev-parse", "change~1"]).trim() }));
  const env = { GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: join(pushed, "event.json") };
  expect(rangeIn(pushed, {}, env)).toMatchObject({
    kind: "undecided",
    problem: expect.stringContaining("fetch-depth: 0"),
  });
  // Every file of one commit needs no history.
  expect(readAll(gitIn(clone(1)), "HEAD").files.map(({ path }) => path)).toEqual(["README.md", "a.ts"]);
});
