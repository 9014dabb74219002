/** Which file of rules judges: the work tree's, a named head's or the base's, and that none loosens itself. One repository, a branch for each case. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commitOf, type Git, gitIn } from "../../../cli/governance/git.ts";
import { findRules, RULES_PATHS, type Rules } from "../../../cli/governance/rules-file.ts";
import type { Change } from "../../../core/governance/change.ts";
import { ruleWith } from "../../core/governance/given.ts";
import { removeRepositories, repository } from "./repository.ts";

afterAll(removeRepositories);

const [PATH] = RULES_PATHS;
const rulesOf = (enforcement: "CI_BLOCK" | "WARN") =>
  JSON.stringify({ version: 1, rules: [ruleWith([{ kind: "secrets" }], { id: 8, enforcement })] });

let git: Git = gitIn(".");
beforeAll(() => {
  const strict = { [PATH]: rulesOf("CI_BLOCK") };
  const loose = { [PATH]: rulesOf("WARN") };
  git = gitIn(
    repository([
      { message: "Begin", branch: "none", files: { "README.md": "x\n" } },
      { message: "Block", branch: "strict", from: "none", files: strict },
      { message: "Warn", branch: "loose", from: "strict", files: loose },
      { message: "Remove", branch: "gone", from: "strict", files: { [PATH]: null } },
      { message: "Break below", branch: "lower", from: "strict", files: { [PATH]: '\n\n{\n"version": 1,' } },
      { message: "Break", branch: "broken", from: "strict", files: { [PATH]: '{\n"version": 1,' } },
    ]),
  );
});

/** What is found where a change between two branches is judged with `--head`. */
function found(base: string, head: string) {
  const change: Change = {
    scope: "change",
    base: commitOf(git, base),
    head: commitOf(git, head),
    files: [],
    commits: [{ sha: "c1", author: "", message: "Change", files: [PATH], isMerge: false, parents: [] }],
    tree: [],
  };
  return findRules(git, change, { head: change.head });
}

async function rules(base: string, head: string): Promise<Rules> {
  const result = await found(base, head);
  return "problem" in result ? expect.fail(result.problem) : result;
}

const problem = (result: Awaited<ReturnType<typeof findRules>>) => ("problem" in result ? result.problem : null);
const enforcements = ({ file }: Rules) => file.rules.map(({ enforcement }) => enforcement);

describe("the rules of a change", () => {
  test("a first file judges as it is, which is said", async () => {
    const first = await rules("none", "loose");
    expect([enforcements(first), first.loosened]).toEqual([["WARN"], null]);
    expect(first.notes).toEqual([`${PATH} judges as the change has it: the base has no such file.`]);
  });

  test("what became looser without an approval does not judge, and what became stricter does at once", async () => {
    const looser = await rules("strict", "loose");
    expect(enforcements(looser)).toEqual(["CI_BLOCK"]);
    expect(looser.loosened?.loosenings).toHaveLength(1);
    expect(looser.notes.join()).toContain("was made looser without an approval");
    const stricter = await rules("loose", "strict");
    expect([enforcements(stricter), stricter.notes]).toEqual([["CI_BLOCK"], []]);
  });

  test("where the file is gone, the base's judges", async () => {
    expect(enforcements(await rules("strict", "gone"))).toEqual(["CI_BLOCK"]);
  });

  test("no rules on either side, and rules that cannot be read, are problems in words", async () => {
    expect(problem(await found("none", "none"))).toContain("There are no rules here");
    expect(problem(await found("strict", "broken"))).toMatch(new RegExp(`^${PATH}:2:\\d+: `));
    // Blank lines above are lines.
    expect(problem(await found("strict", "lower"))).toMatch(new RegExp(`^${PATH}:4:\\d+: `));
  });
});

test("a link in place of the file is refused, because git has no rules there", async () => {
  writeFileSync(join(git.folder, "elsewhere.json"), rulesOf("WARN"));
  mkdirSync(join(git.folder, ".shadow-infra"));
  symlinkSync("../elsewhere.json", join(git.folder, PATH));
  const change: Change = { scope: "all", base: null, head: null, files: [], commits: [], tree: [] };
  expect(problem(await findRules(git, change, { head: null }))).toContain("is reached by a symbolic link");
});
