/** What governance looks at: the files and commits between a base and a head, as plain data. Reading them from git is the caller's. */

/**
 * A file that is different between base and head, or every file where all of them are looked at. Paths as git writes them, with `/`. Texts may be
 * read only when somebody asks for them.
 */
export interface ChangedFile {
  readonly path: string;
  readonly status: "added" | "modified" | "deleted" | "renamed" | "unchanged";
  /** Where a renamed file was. */
  readonly oldPath: string | null;
  /** Its text at the head; null where it is deleted, binary or too large to be read (then `unread` says which). */
  readonly text: string | null;
  readonly unread: "binary" | "too-large" | null;
  /** Its text at the base, for those rules that compare; null where there was none. */
  readonly baseText: string | null;
  /** Lines of the diff. */
  readonly added: number;
  readonly removed: number;
  /** Numbers of the lines at the head that the change added or altered; null means all. */
  readonly changedLines: Pick<ReadonlySet<number>, "has"> | null;
}

/** One commit between base and head, oldest first. */
export interface Commit {
  readonly sha: string;
  readonly author: string;
  readonly message: string;
  /** Paths that it touches. */
  readonly files: readonly string[];
  readonly isMerge: boolean;
  /** What it stands on; those outside the change are named too. Decides what comes after what: dates do not. */
  readonly parents: readonly string[];
}

export interface Change {
  /** `change` looks at what is different, `all` at every tracked file, `staged` at what the next commit will hold. */
  readonly scope: "change" | "all" | "staged";
  readonly base: string | null;
  readonly head: string | null;
  readonly files: readonly ChangedFile[];
  /** Empty where no base was given: then rules on commits are not judged, which is said. */
  readonly commits: readonly Commit[];
  /** Every tracked path at the head: whether a test or an owner exists does not depend on the change. */
  readonly tree: readonly string[];
}
