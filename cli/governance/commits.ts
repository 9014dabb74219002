/** The commits of a range, oldest first, each after its parents. */
import type { Commit } from "../../core/governance/change.ts";
import type { Git } from "./git.ts";

/** Between the fields of one commit and before each commit: bytes that git lets nobody write into a message. */
const FIELDS = ["%H", "%P", "%an <%ae>", "%B"].join("%x00");
const LOG = [
  "log",
  "-z",
  "--topo-order",
  "--reverse",
  "--no-show-signature",
  "--no-notes",
  "--no-mailmap",
  "--no-color",
  "--encoding=UTF-8",
  "--no-ext-diff",
  "--no-textconv",
];

/** `revisions` as for `git log`: a head, and `^base`. */
export function readCommits(git: Git, revisions: readonly string[]): readonly Commit[] {
  const messages = git.text([...LOG, "--no-patch", `--format=${FIELDS}`, ...revisions, "--"]).split("\0");
  const files = filesByCommit(git, revisions);
  const commits: Commit[] = [];
  for (let n = 0; n + 3 < messages.length; n += 4) {
    const [sha = "", parents = "", author = "", message = ""] = messages.slice(n, n + 4);
    const all = parents.split(" ").filter((parent) => parent !== "");
    commits.push({ sha, author, message, files: files.get(sha) ?? [], isMerge: all.length > 1, parents: all });
  }
  return commits;
}

/** A rename touches both paths. Of a merge, those files that are as in none of its parents: what was put together in it. */
function filesByCommit(git: Git, revisions: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const text = git.text([
    ...LOG,
    "-c",
    "--name-only",
    "--no-renames",
    "--root",
    `--format=%x00${MARK}%H`,
    ...revisions,
    "--",
  ]);
  const files = new Map<string, string[]>();
  let current: string[] = [];
  for (const record of text.split("\0")) {
    if (record.startsWith(MARK)) {
      current = [];
      files.set(record.slice(MARK.length).trim(), current);
      continue;
    }
    // A line break stands before the first name of each commit; any other is the name's own.
    const name = current.length === 0 ? record.replace(/^\n/, "") : record;
    if (name !== "") current.push(name);
  }
  return files;
}

/** No path begins with a slash. */
const MARK = "//";
