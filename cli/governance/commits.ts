/** The commits of a range, oldest first, each after its parents. */
import type { Commit } from "../../core/governance/change.ts";
import type { Git } from "./git.ts";

/** No path begins with two slashes, so a commit is told from the names of its files. */
const MARK = "//";
/** Between NULs, which git lets nobody write into a message. */
const FORMAT = `%x00${MARK}%H%x00%P%x00%an <%ae>%x00%B`;
const FIELDS = 4;

/** A rename touches both paths. Of a merge, those files that are as in none of its parents: what was put together in it. */
const LOG = [
  "log",
  "-z",
  "--topo-order",
  "--reverse",
  "-c",
  "--root",
  "--name-only",
  "--no-renames",
  "--no-show-signature",
  "--no-notes",
  "--no-mailmap",
  "--no-color",
  "--encoding=UTF-8",
  "--no-ext-diff",
  "--no-textconv",
  `--format=${FORMAT}`,
];

/** `revisions` as for `git log`: a head, and `^base`. */
export function readCommits(git: Git, revisions: readonly string[]): readonly Commit[] {
  const all = git.text([...LOG, ...revisions, "--"]).split("\0");
  const commits: Commit[] = [];
  let files: string[] = [];
  for (let n = 0; n < all.length; n += 1) {
    const record = all[n] ?? "";
    if (record.startsWith(MARK)) {
      files = [];
      commits.push(commitOf(all.slice(n, n + FIELDS), files));
      n += FIELDS - 1;
      continue;
    }
    // A line break stands before the first name of each commit; any other is the name's own.
    const name = files.length === 0 ? record.replace(/^\n/, "") : record;
    if (name !== "") files.push(name);
  }
  return commits;
}

function commitOf(
  [mark = "", parents = "", author = "", message = ""]: readonly string[],
  files: readonly string[],
): Commit {
  const own = parents.split(" ").filter((parent) => parent !== "");
  return { sha: mark.slice(MARK.length), author, message, files, isMerge: own.length > 1, parents: own };
}
