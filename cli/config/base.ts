/** `--base`: the configuration of the branch a pull request is held against, as a file or as a revision of git. */
import { existsSync, readFileSync } from "node:fs";
import { CONFIG_PATHS } from "../../infra/provisioner/plan/config.ts";
import { commitOf, lenientGitIn } from "../governance/git.ts";

export interface BaseText {
  /** `main:.shadow-infra.yml`, or the file's path. */
  readonly name: string;
  /** Null: there is none at that revision. */
  readonly text: string | null;
}

/** Null: neither a file nor a revision. */
export function readBase(base: string, folder: string): BaseText | null {
  if (existsSync(base)) return { name: base, text: readFileSync(base, "utf8") };
  const git = lenientGitIn(folder);
  if (commitOf(git, base) === null) return null;
  for (const path of CONFIG_PATHS) {
    const text = git.asked(["show", `${base}:${path}`]);
    if (text !== null) return { name: `${base}:${path}`, text };
  }
  return { name: `${base}:${CONFIG_PATHS[0]}`, text: null };
}
