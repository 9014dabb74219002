/** One path of a repository at one commit: a file's text, a folder's list, or nothing. Links are followed inside the repository only. */
import type { RepositoryFile } from "../../../core/shadow/compose/source.ts";
import { type CommitAt, GitHubUnavailable } from "./github.ts";
import type { Parts } from "./parts.ts";
import { servedBy } from "./repositories.ts";
import type { Reading, TreeEntry, Trees } from "./tree.ts";

/** No file that is read here is larger on purpose; larger ones count as binary. */
const LARGEST_TEXT_BYTES = 1_000_000;
/** Of a link's path (Linux: PATH_MAX). What is longer leads nowhere, and is not fetched to find that out. */
const LONGEST_LINK_BYTES = 4_096;
/** Git itself follows a handful (SYMREF_MAXDEPTH); a circle of links has no end. */
const MOST_LINKS = 5;

/** Modes of git's tree entries. https://git-scm.com/docs/git-fast-import#_filemodify */
const FOLDER = "040000";
const LINK = "120000";
const SUBMODULE = "160000";

export interface FileParts {
  readonly parts: Parts;
  readonly trees: Trees;
}

export async function readFile({ parts, trees }: FileParts, at: CommitAt, path: string): Promise<RepositoryFile> {
  const wanted = normalized(path);
  if (wanted === null) return null;
  const { through, top } = await open(parts, trees, at);
  return resolve({ trees, through, top }, wanted, MOST_LINKS);
}

interface Opened {
  readonly trees: Trees;
  readonly through: Reading;
  readonly top: readonly TreeEntry[];
}

/**
 * A fork that is private, gone or hidden from the App still has its commits where its pull request is made to: both share their
 * objects. The commit's name is a hash of its content, so it does not matter who hands it out.
 */
async function open(parts: Parts, trees: Trees, at: CommitAt): Promise<Omit<Opened, "trees">> {
  const served = await servedBy(parts, at.fullName);
  for (const fullName of new Set([at.fullName, served.fullName])) {
    const through = { served, fullName };
    const top = await topOf(trees, through, { at, isLast: fullName === served.fullName });
    if (top !== null) return { through, top };
  }
  throw new GitHubUnavailable(
    `Could not read commit ${at.sha.slice(0, 12)} of ${at.fullName}: GitHub shows no such commit. It may have been pushed over, or the repository hidden.`,
  );
}

async function topOf(
  trees: Trees,
  through: Reading,
  { at, isLast }: { readonly at: CommitAt; readonly isLast: boolean },
): Promise<readonly TreeEntry[] | null> {
  try {
    return await trees.top(through, at);
  } catch (error) {
    // A fork may refuse us in other ways than 404. A limit or an outage is the same for both.
    if (!isLast && error instanceof GitHubUnavailable && error.retryAfterMs === null) return null;
    throw error;
  }
}

/** `./a//b/../c` is `a/c`; null: it leads out of the repository. */
function normalized(path: string): readonly string[] | null {
  if (path.startsWith("/")) return null;
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") names.push(name);
    else if (names.pop() === undefined) return null;
  }
  return names;
}

async function resolve(opened: Opened, names: readonly string[], links: number): Promise<RepositoryFile> {
  const { trees, through } = opened;
  let entries = opened.top;
  for (const [depth, name] of names.entries()) {
    const found = entries.find(({ path }) => path === name);
    if (found === undefined || found.mode === SUBMODULE) return null;
    const isLast = depth === names.length - 1;
    if (found.mode === LINK) {
      const target = await targetOf(opened, names.slice(0, depth), found);
      return target === null || links === 0 ? null : resolve(opened, [...target, ...names.slice(depth + 1)], links - 1);
    }
    if (found.mode !== FOLDER) return isLast ? textOf(opened, found) : null;
    if (isLast) return { kind: "folder", paths: pathsBelow(names, await trees.below(through, found.sha)) };
    entries = await trees.folder(through, found.sha);
  }
  // The top folder itself: as deep as its own folders, which are read one by one.
  return { kind: "folder", paths: await pathsOfTop(opened) };
}

async function targetOf(
  { trees, through }: Opened,
  folder: readonly string[],
  { sha, size }: TreeEntry,
): Promise<readonly string[] | null> {
  if ((size ?? 0) > LONGEST_LINK_BYTES) return null;
  const target = Buffer.from(await trees.bytes(through, sha)).toString("utf8");
  return target.startsWith("/") ? null : normalized([...folder, target].join("/"));
}

async function textOf({ trees, through }: Opened, { sha, size }: TreeEntry): Promise<RepositoryFile> {
  if ((size ?? 0) > LARGEST_TEXT_BYTES) return { kind: "binary" };
  const bytes = await trees.bytes(through, sha);
  if (bytes.includes(0)) return { kind: "binary" };
  try {
    return { kind: "file", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: "binary" };
  }
}

/** Links and submodules are listed too: whoever reads them learns what they are, and nothing is left out silently. */
function pathsBelow(folder: readonly string[], entries: readonly TreeEntry[]): readonly string[] {
  return entries.filter(({ mode }) => mode !== FOLDER).map(({ path }) => [...folder, path].join("/"));
}

async function pathsOfTop({ trees, through, top }: Opened): Promise<readonly string[]> {
  const lists = await Promise.all(
    top.map(async (entry) =>
      entry.mode === FOLDER ? pathsBelow([entry.path], await trees.below(through, entry.sha)) : [entry.path],
    ),
  );
  return lists.flat();
}
