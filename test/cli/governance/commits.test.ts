/** Commits of a range: in the order of parentage, with the files that each touches, a merge with what it made of both sides. */
import { afterAll, expect, test } from "vitest";
import { readCommits } from "../../../cli/governance/commits.ts";
import { gitIn } from "../../../cli/governance/git.ts";
import { changed, removeRepositories } from "./repository.ts";

afterAll(removeRepositories);

test("each commit comes after its parents with its own files, message and author; a merge tells what is in neither parent", () => {
  const folder = changed(
    { "a.txt": "a\n", "old.txt": "1\n2\n3\n" },
    { message: "First\n\n//not a commit\n", files: { "a.txt": "b\n", "\nodd.txt": "x" } },
    { message: "Side", branch: "side", from: "main", files: { "side.txt": "s" } },
    { message: "Empty" },
    { message: "Join", merges: ["side"], files: { "side.txt": "s", "extra.txt": "e" } },
    { message: "Rename", files: { "old.txt": null, "new.txt": "1\n2\n3\n" } },
  );
  const commits = readCommits(gitIn(folder), ["change", "^main"]);
  const bySubject = new Map(commits.map((commit) => [commit.message.split("\n", 1)[0], commit]));
  expect(new Set(bySubject.keys())).toEqual(new Set(["Empty", "First", "Join", "Rename", "Side"]));
  expect(commits).toHaveLength(5);
  for (const [n, { parents }] of commits.entries())
    for (const parent of parents) expect(commits.findIndex(({ sha }) => sha === parent)).toBeLessThan(n);

  const files = (subject: string) => bySubject.get(subject)?.files.toSorted();
  expect(files("First")).toEqual(["\nodd.txt", "a.txt"]);
  expect(files("Empty")).toEqual([]);
  expect(files("Join")).toEqual(["extra.txt"]);
  expect(files("Rename")).toEqual(["new.txt", "old.txt"]);

  expect(bySubject.get("First")).toMatchObject({
    author: "A Person <person@example.com>",
    message: "First\n\n//not a commit\n",
    isMerge: false,
  });
  expect(bySubject.get("Join")).toMatchObject({
    isMerge: true,
    parents: [bySubject.get("Empty")?.sha, bySubject.get("Side")?.sha],
  });
});
