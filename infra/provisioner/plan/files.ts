/**
 * Files of a repository at a commit. A commit never changes, so what was read once is kept; what was not there is asked for again,
 * because GitHub knows a commit some seconds before all of its machines do.
 */
import type { RepositoryFile } from "../../../core/shadow/compose/source.ts";
import type { CommitAt, GitHub } from "../github/github.ts";

/** Rejects with `GitHubUnavailable`. */
export type ReadFile = (path: string) => Promise<RepositoryFile>;
export type FilesAt = (at: CommitAt) => ReadFile;

/** Characters kept over all repositories; the oldest are forgotten first. */
const MAX_KEPT_CHARS = 32_000_000;

/** What a file costs beside its text. */
const ENTRY_CHARS = 200;

export function createFiles(github: Pick<GitHub, "file">): FilesAt {
  const kept = new Map<string, NonNullable<RepositoryFile>>();
  let chars = 0;
  const keep = (key: string, file: NonNullable<RepositoryFile>): void => {
    if (!kept.has(key)) chars += charsOf(file);
    kept.set(key, file);
    for (const [oldest, old] of kept) {
      if (chars <= MAX_KEPT_CHARS) return;
      kept.delete(oldest);
      chars -= charsOf(old);
    }
  };
  return (at) => async (path) => {
    const key = `${at.fullName}@${at.sha}:${path}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const file = await github.file(at, path);
    if (file !== null) keep(key, file);
    return file;
  };
}

function charsOf(file: NonNullable<RepositoryFile>): number {
  if (file.kind === "file") return ENTRY_CHARS + file.text.length;
  return file.kind === "folder" ? ENTRY_CHARS * (1 + file.paths.length) : ENTRY_CHARS;
}
