/** Commits, trees and blobs, with the hashes git gives trees and blobs: what a commit holds, and where two lines of work part. */
import { createHash } from "node:crypto";
import type { FileChanges, FileContent } from "./stand-in.ts";
import type { Commit, Repository, State, TreeEntry } from "./state.ts";
import { nextId } from "./state.ts";

export interface NewCommit {
  readonly parents: readonly string[];
  /** Changes to the first parent's files. */
  readonly files: FileChanges;
  readonly by: string;
  /** Default: a hash of the content and of its place in the order. */
  readonly sha?: string;
}

export function addCommit(state: State, { parents, files, by, sha }: NewCommit): Commit {
  const all = new Map(state.commits.get(parents[0] ?? "")?.files);
  for (const [path, content] of Object.entries(files)) {
    if (content === null) all.delete(path);
    else all.set(path, content);
  }
  const tree = addTree(state, all);
  const commit: Commit = {
    sha: sha ?? hash("commit", `${parents.join(" ")} ${tree} ${nextId(state)}`),
    parents,
    files: all,
    tree,
    by,
    at: state.now(),
    message: `Change ${Object.keys(files).join(", ") || "nothing"}`,
  };
  state.commits.set(commit.sha, commit);
  return commit;
}

/** Makes a commit readable through a repository, with all it stands on. */
export function bring(state: State, repository: Repository, sha: string): void {
  const commit = state.commits.get(sha);
  if (commit === undefined || repository.commits.has(sha)) return;
  repository.commits.add(sha);
  for (const parent of commit.parents) bring(state, repository, parent);
}

/** All commits a commit stands on and itself, nearest first. */
export function ancestors(state: State, sha: string): readonly string[] {
  const found = new Set([sha]);
  // A set is walked in the order of insertion, members added meanwhile included.
  for (const one of found) for (const parent of state.commits.get(one)?.parents ?? []) found.add(parent);
  return [...found];
}

export function mergeBase(state: State, one: string, other: string): string | null {
  const known = new Set(ancestors(state, one));
  return ancestors(state, other).find((sha) => known.has(sha)) ?? null;
}

type Files = ReadonlyMap<string, Exclude<FileContent, null>>;

function addTree(state: State, files: Files): string {
  const folders = new Map<string, Map<string, Exclude<FileContent, null>>>();
  const entries: TreeEntry[] = [];
  for (const [path, content] of files) {
    const slash = path.indexOf("/");
    if (slash === -1) entries.push(addEntry(state, path, content));
    else {
      const folder = path.slice(0, slash);
      const inside = folders.get(folder) ?? new Map<string, Exclude<FileContent, null>>();
      folders.set(folder, inside.set(path.slice(slash + 1), content));
    }
  }
  for (const [path, inside] of folders)
    entries.push({ path, mode: "040000", type: "tree", sha: addTree(state, inside), size: null });
  // Git sorts folders as if their name ended in a slash.
  const sorted = entries.toSorted((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
  const bytes = sorted.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, "")} ${entry.path}\0`),
    Buffer.from(entry.sha, "hex"),
  ]);
  const sha = hash("tree", Buffer.concat(bytes));
  state.trees.set(sha, sorted);
  return sha;
}

function sortName(entry: TreeEntry): string {
  return entry.type === "tree" ? `${entry.path}/` : entry.path;
}

function addEntry(state: State, path: string, content: Exclude<FileContent, null>): TreeEntry {
  if (typeof content === "object" && "submodule" in content)
    return { path, mode: "160000", type: "commit", sha: content.submodule, size: null };
  const isLink = typeof content === "object" && "symlink" in content;
  const bytes = isLink ? Buffer.from(content.symlink) : Buffer.from(content);
  const sha = hash("blob", bytes);
  state.blobs.set(sha, bytes);
  return { path, mode: isLink ? "120000" : "100644", type: "blob", sha, size: bytes.length };
}

function hash(type: string, content: string | Uint8Array): string {
  const bytes = Buffer.from(content);
  return createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}
