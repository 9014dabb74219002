/**
 * Files of a commit by git's own objects: folders and files are named by their content, so what was read once holds for ever and for
 * every commit that has it. A file that is not there is told apart from a commit that cannot be read, which `contents` does not.
 */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { ask, askOrNull } from "./ask.ts";
import { partsOf } from "./directory.ts";
import type { CommitAt } from "./github.ts";
import { createMemory } from "./memory.ts";
import { about, type Parts } from "./parts.ts";

/** Weights: a tree's entry is some 150 characters; a blob's are counted. */
const MOST_ENTRIES = 200_000;
const MOST_BLOB_CHARS = 32_000_000;

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha: string;
  readonly size: number | null;
}

export interface Trees {
  /** The entries of a commit's top folder; null: the commit cannot be read there. */
  readonly top: (through: Reading, commit: CommitAt) => Promise<readonly TreeEntry[] | null>;
  readonly folder: (through: Reading, sha: string) => Promise<readonly TreeEntry[]>;
  /** Everything below a folder. */
  readonly below: (through: Reading, sha: string) => Promise<readonly TreeEntry[]>;
  readonly bytes: (through: Reading, sha: string) => Promise<Uint8Array>;
}

/** Whose line it is read by, and which repository's name is in the address. */
export interface Reading {
  readonly served: RepositoryFacts;
  readonly fullName: string;
}

export function createTrees(parts: Parts): Trees {
  const trees = createMemory<readonly TreeEntry[]>(MOST_ENTRIES);
  const blobs = createMemory<Uint8Array>(MOST_BLOB_CHARS);

  async function kept(key: string, read: () => Promise<readonly TreeEntry[] | null>) {
    const known = trees.get(key);
    if (known !== undefined) return known;
    const entries = await read();
    if (entries !== null) trees.set(key, entries, entries.length + 1);
    return entries;
  }

  return {
    top: (through, { sha }) => kept(sha, () => readTree(parts, through, { sha, deep: false })),
    folder: async (through, sha) => (await kept(sha, () => readTree(parts, through, { sha, deep: false }))) ?? [],
    below: async (through, sha) => (await kept(`${sha}/`, () => readTree(parts, through, { sha, deep: true }))) ?? [],
    bytes: async (through, sha) => {
      const known = blobs.get(sha);
      if (known !== undefined) return known;
      const bytes = await readBlob(parts, through, sha);
      blobs.set(sha, bytes, bytes.length);
      return bytes;
    },
  };
}

interface Wanted {
  readonly sha: string;
  readonly deep: boolean;
}

async function readTree(
  parts: Parts,
  { served, fullName }: Reading,
  { sha, deep }: Wanted,
): Promise<readonly TreeEntry[] | null> {
  const asking = { ...(await about(parts, served, "")), what: `read the files of ${fullName} at ${sha.slice(0, 12)}` };
  const place = { ...partsOf(fullName), tree_sha: sha, ...(deep ? { recursive: "1" } : {}) };
  const answer = await askOrNull(asking, (client) =>
    client.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", place),
  );
  return (
    answer?.data.tree.map(({ path, mode, sha: entry, size }) => ({ path, mode, sha: entry, size: size ?? null })) ??
    null
  );
}

async function readBlob(parts: Parts, { served, fullName }: Reading, sha: string): Promise<Uint8Array> {
  const asking = { ...(await about(parts, served, "")), what: `read a file of ${fullName}` };
  const { data } = await ask(asking, (client) =>
    client.request("GET /repos/{owner}/{repo}/git/blobs/{file_sha}", { ...partsOf(fullName), file_sha: sha }),
  );
  return Buffer.from(data.content, data.encoding === "base64" ? "base64" : "utf8");
}
