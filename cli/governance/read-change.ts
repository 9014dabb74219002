/** The change from git: lists -> contents -> changed lines -> commits. Three scopes: between two commits, what is staged, every tracked file. */
import type { Change, ChangedFile } from "../../core/governance/change.ts";
import { isSource } from "../../core/governance/unread.ts";
import { type Blobs, contentOfSource, readBlobs } from "./blobs.ts";
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
  const blobs = readBlobs(git, blobsOf(entries));
  return {
    scope: "all",
    base: null,
    head,
    files: entries.map((entry) => fileOf(entry, blobs, UNMEASURED)),
    commits: [],
    tree: entries.map(({ path }) => path),
  };
}

function differing(git: Git, ends: readonly string[]): readonly ChangedFile[] {
  const entries = readRaw(git.text(["diff", ...RAW, ...SAFE, ...ends, "--"]));
  if (entries.length === 0) return [];
  const blobs = readBlobs(git, blobsOf(entries));
  const altered = entries.filter((entry) => !isWhole(entry));
  const sections = altered.length === 0 ? [] : readPatch(git.bytes(["diff", ...PATCH, ...SAFE, ...ends, "--"]));
  const measures = measuresOf(altered, sections);
  return entries.map((entry) =>
    fileOf(entry, blobs, isWhole(entry) ? wholeOf(entry, blobs) : (measures.get(entry) ?? UNMEASURED)),
  );
}

/** Of what was altered alone: what is new or gone as a whole needs no patch, which would be as long as all its files. */
const PATCH = ["--patch", "-U0", "--full-index", "--inter-hunk-context=0", "--diff-filter=ad"];

function isWhole({ status }: Entry): boolean {
  return status === "added" || status === "deleted";
}

type Measured = Pick<ChangedFile, "added" | "removed" | "changedLines">;

const UNMEASURED: Measured = { added: 0, removed: 0, changedLines: null };

/** What the patch says of each file; where it has another number of sections than the list has files, all lines count as changed. */
function measuresOf(entries: readonly Entry[], sections: readonly Section[]): ReadonlyMap<Entry, Measured> {
  const expected = entries.reduce((sum, entry) => sum + entry.sections, 0);
  if (expected !== sections.length) return new Map();
  let at = 0;
  return new Map(
    entries.map((entry) => {
      const own = sections.slice(at, at + entry.sections);
      at += entry.sections;
      const sum = (key: "added" | "removed") => own.reduce((total, section) => total + section[key], 0);
      return [entry, { added: sum("added"), removed: sum("removed"), changedLines: own.at(-1)?.lines ?? null }];
    }),
  );
}

/** A link or a submodule is one line. */
function wholeOf({ status, blob, baseBlob }: Entry, blobs: Blobs): Measured {
  const own = status === "added" ? blob : baseBlob;
  const lines = own === null ? 1 : blobs.lines(own);
  return { added: status === "added" ? lines : 0, removed: status === "added" ? 0 : lines, changedLines: null };
}

/** Texts are read when somebody asks: a large change would not fit into memory as a whole. */
function fileOf({ path, oldPath, status, blob, baseBlob }: Entry, blobs: Blobs, measured: Measured): ChangedFile {
  const found = blob === null ? null : blobs.unread(blob);
  const unread = found === "binary" && isSource(path) ? null : found;
  return {
    path,
    oldPath,
    status,
    get text() {
      return blob === null ? null : textOf(path, blob, blobs);
    },
    unread,
    get baseText() {
      return baseBlob === null ? null : (blobs.content(baseBlob)?.text ?? null);
    },
    ...measured,
    // A binary file has no lines.
    ...(unread === "binary" ? { added: 0, removed: 0 } : {}),
  };
}

function textOf(path: string, blob: string, blobs: Blobs): string | null {
  const content = blobs.content(blob);
  return content === null ? null : (isSource(path) ? contentOfSource(content) : content).text;
}

function blobsOf(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ blob, baseBlob }) => [blob, baseBlob].filter((each) => each !== null));
}

/** Of this repository's kind of hash. */
export function emptyTree(git: Git): string {
  return git.text(["hash-object", "-t", "tree", "--stdin"]).trim();
}
