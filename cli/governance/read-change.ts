/** The change from git: lists -> contents -> changed lines -> commits. Three scopes: between two commits, what is staged, every tracked file. */
import type { Change, ChangedFile } from "../../core/governance/change.ts";
import { isSource } from "../../core/governance/unread.ts";
import { type Content, contentOfSource, readBlobs } from "./blobs.ts";
import { readCommits } from "./commits.ts";
import { type Entry, readPatch, readRaw, readTree, records, type Section } from "./entries.ts";
import { commitOf, type Git } from "./git.ts";
import type { Range } from "./range.ts";

const RAW = ["--raw", "-z", "--no-abbrev"];
/** As text throughout: `.gitattributes` could call any file binary, and so hide its lines. */
const SAFE = [
  "-M",
  "--text",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
  "--ignore-submodules=none",
  "--submodule=short",
];

/** Everything between base and head. */
export function readRange(git: Git, { base, head }: Range): Change {
  const from = base ?? emptyTree(git);
  return {
    scope: "change",
    base,
    head,
    files: differing(git, [from, head]),
    commits: readCommits(git, base === null ? [head] : [head, `^${base}`]),
    tree: records(git.text(["ls-tree", "-r", "-z", "--full-tree", "--name-only", head])),
  };
}

/** What the next commit will hold. Its message, where somebody gives it, stands for that commit. */
export function readStaged(git: Git, message: string | null): Change {
  const parent = commitOf(git, "HEAD");
  const files = differing(git, ["--cached", parent ?? emptyTree(git)]);
  const paths = files.flatMap(({ path, oldPath }) => (oldPath === null ? [path] : [path, oldPath]));
  const pending = {
    sha: "the commit to be",
    author: "",
    isMerge: false,
    files: paths,
    parents: parent === null ? [] : [parent],
  };
  return {
    scope: "staged",
    base: parent,
    head: null,
    files,
    commits: message === null ? [] : [{ ...pending, message }],
    tree: records(git.text(["ls-files", "-z", "--full-name", ":/"])),
  };
}

/** Every tracked file of a commit, as it is there. */
export function readAll(git: Git, head: string): Change {
  const entries = readTree(git.text(["ls-tree", "-r", "-z", "--full-tree", head]));
  const contents = readBlobs(git, blobsOf(entries));
  return {
    scope: "all",
    base: null,
    head,
    files: entries.map((entry) => fileOf(entry, contents, UNMEASURED)),
    commits: [],
    tree: entries.map(({ path }) => path),
  };
}

function differing(git: Git, ends: readonly string[]): readonly ChangedFile[] {
  const entries = readRaw(git.text(["diff", ...RAW, ...SAFE, ...ends, "--"]));
  if (entries.length === 0) return [];
  const patch = git.bytes(["diff", "--patch", "-U0", "--full-index", "--inter-hunk-context=0", ...SAFE, ...ends, "--"]);
  const measures = measuresOf(entries, readPatch(patch.toString("latin1")));
  const contents = readBlobs(git, blobsOf(entries));
  return entries.map((entry, n) => fileOf(entry, contents, measures[n] ?? UNMEASURED));
}

type Measured = Pick<ChangedFile, "added" | "removed" | "changedLines">;

const UNMEASURED: Measured = { added: 0, removed: 0, changedLines: null };

/** What the patch says of each file; where it has another number of sections than the list has files, all lines count as changed. */
function measuresOf(entries: readonly Entry[], sections: readonly Section[]): readonly Measured[] {
  const expected = entries.reduce((sum, entry) => sum + entry.sections, 0);
  if (expected !== sections.length) return [];
  let at = 0;
  return entries.map((entry) => {
    const own = sections.slice(at, at + entry.sections);
    at += entry.sections;
    const sum = (key: "added" | "removed") => own.reduce((total, section) => total + section[key], 0);
    return { added: sum("added"), removed: sum("removed"), changedLines: own.at(-1)?.lines ?? null };
  });
}

function fileOf(
  { path, oldPath, status, blob, baseBlob }: Entry,
  contents: ReadonlyMap<string, Content>,
  measured: Measured,
): ChangedFile {
  const found = blob === null ? undefined : contents.get(blob);
  const content = found !== undefined && isSource(path) ? contentOfSource(found) : found;
  return {
    path,
    oldPath,
    status,
    text: content?.text ?? null,
    unread: content?.unread ?? null,
    baseText: (baseBlob === null ? null : contents.get(baseBlob)?.text) ?? null,
    ...measured,
    // A binary file has no lines.
    ...(content?.unread === "binary" ? { added: 0, removed: 0 } : {}),
  };
}

function blobsOf(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ blob, baseBlob }) => [blob, baseBlob].filter((each) => each !== null));
}

/** Of this repository's kind of hash. */
export function emptyTree(git: Git): string {
  return git.text(["hash-object", "-t", "tree", "--stdin"]).trim();
}
