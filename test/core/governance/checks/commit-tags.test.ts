/** First lines of commits against a pattern. */
import { expect, test } from "vitest";
import { commitTags } from "../../../../core/governance/checks/commit-tags.ts";
import { changeOf, inARow } from "../given.ts";
import { inputOf } from "./input.ts";

const CHECK = { kind: "commit-tags", pattern: "^(feat|fix): .+" } as const;

test("only first lines count, git's own merges do not, and a revert is read by what it takes back", () => {
  const commits = inARow(
    { message: "feat: one" },
    { message: "two\n\nfix: not in the first line" },
    { message: "Merge branch 'x'", parents: ["c1", "c2"] },
    { message: 'Revert "feat: one"\n\nThis reverts commit c1.' },
    { message: 'Revert "two"' },
    { message: "fixup! feat: one" },
    { message: "fix: three\r\n\r\nx" },
  );
  expect(commitTags(inputOf(CHECK, changeOf([], commits)))).toMatchObject([
    { subject: "c2" },
    { subject: "c5" },
    { subject: "c6" },
  ]);
});

test("a pattern that is none, and commits that nobody knows, are not judged", () => {
  const commits = inARow({ message: "x" });
  expect(commitTags(inputOf(CHECK, changeOf([], commits), { matches: () => null }))).toMatchObject({
    because: "unreachable",
  });
  expect(commitTags(inputOf(CHECK, { ...changeOf([]), scope: "staged" }))).toHaveProperty("notJudged");
  expect(commitTags(inputOf(CHECK, { ...changeOf([]), scope: "all" }))).toHaveProperty("notJudged");
  expect(commitTags(inputOf(CHECK, changeOf([])))).toEqual([]);
});

test("what to do begins with what the rule says of itself, not with its pattern", () => {
  const rule = { description: "Say the kind of change: `feat: …`." };
  expect(commitTags(inputOf(CHECK, changeOf([], inARow({ message: "x" })), { rule }))).toMatchObject([
    { hint: expect.stringMatching(/^Say the kind of change: `feat: …`\. Reword it: /) },
  ]);
});
