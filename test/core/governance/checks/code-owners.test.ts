/** Owners of files, and their approvals where a source is configured. */
import { expect, test } from "vitest";
import { codeOwners } from "../../../../core/governance/checks/code-owners.ts";
import { changeOf, fileAt } from "../given.ts";
import { inputOf } from "./input.ts";

const CHANGE = changeOf([fileAt("src/a.ts"), fileAt("docs/a.md", { status: "deleted" })]);
const owners = (path: string) => (path.startsWith("src/") ? ["@o/Code", "owner@example.com"] : ["@o/docs"]);
const by =
  (...names: readonly string[]) =>
  () =>
    Promise.resolve(names);
const asked = (approvals: "none" | "commits" | "github", more: object) =>
  codeOwners(inputOf({ kind: "code-owners", approvals }, CHANGE, { owners, ...more }));

test("without a source of approvals, an owner is enough", async () => {
  expect(await asked("none", {})).toEqual([]);
  expect(await asked("none", { owners: () => [] })).toMatchObject([{ path: "src/a.ts" }]);
});

test("with one, an owner of every file has to be among them, of deleted ones too, whatever the case", async () => {
  expect(await asked("github", { approvals: by("@o/code", "@O/docs") })).toEqual([]);
  expect(await asked("commits", { approvals: by("Owner@example.com") })).toMatchObject([
    { path: "docs/a.md", message: expect.stringContaining("@o/docs") },
  ]);
  expect(await asked("github", { approvals: by() })).toHaveLength(2);
});

test("a source that cannot be asked leaves it undecided, unless a file has no owner at all", async () => {
  const approvals = () => Promise.resolve({ unknown: "no network" });
  expect(await asked("github", { approvals })).toMatchObject({
    because: "unreachable",
    notJudged: expect.stringContaining("no network"),
  });
  expect(await asked("github", { approvals, owners: () => [] })).toMatchObject([{ path: "src/a.ts" }]);
});

test("taking CODEOWNERS away blocks, and the owners of the base are still asked", async () => {
  const before = (path: string, at?: "head" | "base") => (at === "base" ? owners(path) : null);
  const gone = { subject: "CODEOWNERS", onlyWarns: false };
  expect(await asked("none", { owners: before })).toMatchObject([gone]);
  expect(await asked("github", { owners: before, approvals: by("@o/code") })).toMatchObject([
    gone,
    { path: "docs/a.md", message: expect.stringContaining("@o/docs") },
  ]);
});

test("no CODEOWNERS only warns, and an empty change needs none", async () => {
  expect(await asked("none", { owners: () => null })).toMatchObject([{ onlyWarns: true, path: null }]);
  expect(await codeOwners(inputOf({ kind: "code-owners", approvals: "none" }, changeOf([])))).toEqual([]);
});
