/** `--base`: the configuration of the branch a pull request is held against, as a file or as a revision of git. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { CONFIG_PATHS } from "../../infra/provisioner/plan/config.ts";

export interface BaseText {
  /** `main:.shadow-infra.yml`, or the file's path. */
  readonly name: string;
  /** Null: there is none at that revision. */
  readonly text: string | null;
}

/** Null: neither a file nor a revision. */
export function readBase(base: string, folder: string): BaseText | null {
  if (existsSync(base)) return { name: base, text: readFileSync(base, "utf8") };
  // A name that begins with a dash would be an option.
  if (base.startsWith("-") || git(["rev-parse", "--verify", "--quiet", `${base}^{commit}`], folder) === null)
    return null;
  for (const path of CONFIG_PATHS) {
    const text = git(["show", `${base}:${path}`], folder);
    if (text !== null) return { name: `${base}:${path}`, text };
  }
  return { name: `${base}:${CONFIG_PATHS[0]}`, text: null };
}

function git(args: readonly string[], cwd: string): string | null {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return null;
  }
}
