/** The user's repository on this machine: its root, its files without what is installed or ignored, and which place the action comes from. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { lenientGitIn } from "../governance/git.ts";
import type { Repository } from "./stack.ts";

/** Larger files are not read for hints. Bytes. */
const MAX_READ_BYTES = 512 * 1024;

/** Root of the git repository around a folder; null where there is none. */
export function rootAround(folder: string): string | null {
  return lenientGitIn(folder).asked(["rev-parse", "--show-toplevel"]);
}

export function repositoryAt(root: string): Repository {
  const listed = lenientGitIn(root).asked(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]) ?? "";
  const paths = listed.split("\0").filter((path) => path !== "" && !INSTALLED.test(path));
  return { paths, read: (path) => textOf(join(root, path)) };
}

/** Packages that somebody forgot to ignore. */
const INSTALLED = /(^|\/)(node_modules|\.?venv|site-packages|dist|build)\//;

function textOf(path: string): string | null {
  if (!existsSync(path)) return null;
  const found = statSync(path);
  return found.isFile() && found.size <= MAX_READ_BYTES ? readFileSync(path, "utf8") : null;
}

/** `owner/repository` of a checkout on GitHub, from its remote; null where it has none. */
export function gitHubNameOf(folder: string): string | null {
  const url = lenientGitIn(folder).asked(["config", "--get", "remote.origin.url"]) ?? "";
  return /github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url)?.[1] ?? null;
}
