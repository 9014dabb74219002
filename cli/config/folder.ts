/** Files of a repository as they lie in a folder: what its compose file names, and nothing outside. */
import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { RepositoryFile } from "../../core/shadow/compose/source.ts";

/** The same as a repository's host gives: a file of this size is none that a stack is configured by. */
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_PATHS = 5_000;

/** What is never part of a commit. */
const SKIPPED = new Set([".git", "node_modules"]);

/** Paths are those of the repository, with `/`. Whatever cannot be read is not there. */
export function filesIn(root: string): (path: string) => Promise<RepositoryFile> {
  return async (path) => {
    try {
      return await fileIn(await realpath(root), path);
    } catch {
      return null;
    }
  };
}

async function fileIn(root: string, path: string): Promise<RepositoryFile> {
  const place = join(root, path);
  // A link out of the repository would be no part of the commit.
  if ((await realpath(place)) !== place || relative(root, place).startsWith("..")) return null;
  const stat = await lstat(place);
  if (stat.isDirectory()) return { kind: "folder", paths: await pathsBelow(root, place) };
  if (!stat.isFile()) return null;
  if (stat.size > MAX_FILE_BYTES) return { kind: "binary" };
  const bytes = await readFile(place);
  return bytes.includes(0) ? { kind: "binary" } : { kind: "file", text: bytes.toString("utf8") };
}

async function pathsBelow(root: string, folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined && paths.length < MAX_PATHS; next = folders.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      const place = join(next, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(place);
      if (entry.isFile()) paths.push(relative(root, place).split(sep).join("/"));
    }
  }
  return paths.toSorted();
}
