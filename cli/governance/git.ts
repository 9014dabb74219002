/**
 * Git, as governance asks it: reads objects alone and runs nothing that a repository or its settings name. No work tree, no external diff,
 * no filters, no hooks, no monitor, no pager, no signature check, no fetch of what a partial clone lacks.
 */
import { spawnSync } from "node:child_process";

/** Of one answer of git: the changes of a very large pull request. */
const MAX_ANSWER_BYTES = 512 * 1024 * 1024;

const SETTINGS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.attributesFile=/dev/null",
  "core.pager=cat",
  "core.quotePath=false",
  "diff.external=",
  "diff.ignoreSubmodules=none",
  "diff.renames=true",
  "diff.orderFile=/dev/null",
  "diff.relative=false",
  "log.showSignature=false",
  "merge.renormalize=false",
  "protocol.allow=never",
].flatMap((setting) => ["-c", setting]);

/** Variables that would make git run something, or see another history. Which index and repository are the caller's to say. */
const DROPPED: ReadonlySet<string> = new Set([
  "GIT_EXTERNAL_DIFF",
  "GIT_DIFF_OPTS",
  "GIT_PAGER",
  "GIT_SSH_COMMAND",
  "GIT_TRACE",
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
]);

/** Git said no; its message is what git said. */
export class GitError extends Error {
  override readonly name = "GitError";
  /** There is no git to ask. */
  readonly isMissing: boolean;

  constructor(message: string, isMissing = false) {
    super(message);
    this.isMissing = isMissing;
  }
}

export interface Git {
  /** The folder that git was asked in. */
  readonly folder: string;
  /** Standard output as bytes. Throws a `GitError` with what git said. */
  readonly bytes: (args: readonly string[], input?: string) => Buffer;
  readonly text: (args: readonly string[], input?: string) => string;
  /** Without blanks at the end; null where git says no. Lines of a file keep their numbers. */
  readonly asked: (args: readonly string[]) => string | null;
}

export function gitIn(folder: string): Git {
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !DROPPED.has(name))),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
  const bytes = (args: readonly string[], input?: string): Buffer => {
    const ran = spawnSync("git", ["--no-pager", ...SETTINGS, ...args], {
      cwd: folder,
      env,
      input: input ?? "",
      maxBuffer: MAX_ANSWER_BYTES,
    });
    if (ran.error !== undefined) throw new GitError(`git could not be run: ${ran.error.message}`, true);
    if (ran.status !== 0) throw new GitError(ran.stderr.toString("utf8").trim() || `git ${args[0] ?? ""} failed`);
    return ran.stdout;
  };
  const text = (args: readonly string[], input?: string) => bytes(args, input).toString("utf8");
  return { folder, bytes, text, asked: (args) => orNull(() => text(args).trimEnd()) };
}

/** For those to whom no git, no such folder and no repository are the same: nothing there. */
export function lenientGitIn(folder: string): Pick<Git, "asked"> {
  const git = gitIn(folder);
  return {
    asked: (args) => {
      try {
        return git.asked(args);
      } catch (error) {
        if (error instanceof GitError) return null;
        throw error;
      }
    },
  };
}

function orNull<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof GitError && !error.isMissing) return null;
    throw error;
  }
}

/** The commit of a revision; null where there is none. A name that begins with a dash would be an option. */
export function commitOf(git: Pick<Git, "asked">, revision: string): string | null {
  if (revision.startsWith("-")) return null;
  return git.asked(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
}
