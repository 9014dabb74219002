/** The commits of a range, oldest first, each after its parents. */
import type { Commit } from "../../core/governance/change.ts";
import { type Git, GitError } from "./git.ts";

/** No path begins with two slashes, so a commit is told from the names of its files. */
const MARK = "//";
/** Between NULs, which git lets nobody write into a message. */
const FORMAT = `%x00${MARK}%H%x00%P%x00%an <%ae>%x00%B`;
const FIELDS = 4;

/** A rename touches both paths. */
const LOG = [
  "log",
  "-z",
  "--topo-order",
  "--reverse",
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

/**
 * `revisions` as for `git log`: a head, and `^base`. A merge touches the files that are as in none of its parents, and those that are not what
 * merging makes of them: who takes one side where the other had changed brings back what was there before an approval.
 */
export function readCommits(git: Git, revisions: readonly string[]): readonly Commit[] {
  const commits = readLog(git, ["-c", ...revisions]);
  if (!commits.some(({ isMerge }) => isMerge)) return commits;
  // One record for each parent where a merge could not be made anew.
  const more = Map.groupBy(mergesOf(git, revisions), ({ sha }) => sha);
  return commits.map((commit) => {
    const records = [commit, ...(more.get(commit.sha) ?? [])];
    return { ...commit, files: [...new Set(records.flatMap(({ files }) => files))] };
  });
}

/** Git before 2.35 makes no merge anew: there whatever is different from any parent counts, which asks for an approval too many. */
function mergesOf(git: Git, revisions: readonly string[]): readonly Commit[] {
  try {
    return readLog(git, ["--merges", "--remerge-diff", ...revisions]);
  } catch (error) {
    if (error instanceof GitError && !error.isMissing) return readLog(git, ["--merges", "-m", ...revisions]);
    throw error;
  }
}

function readLog(git: Git, revisions: readonly string[]): readonly Commit[] {
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
