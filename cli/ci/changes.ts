/**
 * Which groups of paths a change touches, so that jobs skip by `if:`. A workflow that is filtered by `paths:` does not start at all, and then
 * its required checks wait for ever. What cannot be compared counts as changed: a job too many is better than a check too few.
 */
import { messageOf } from "../error-text.ts";
import { gitIn } from "../governance/git.ts";
import { fits } from "../governance/globs.ts";
import type { Base } from "./base.ts";

/** A name that later jobs ask for, and its globs; those with ! take files out, of all files where there are no others. */
export interface PathGroup {
  readonly name: string;
  readonly globs: readonly string[];
}

export interface GroupChange {
  readonly name: string;
  readonly changed: boolean;
  /** Why: the first path that fits and how many do, or why everything counts. */
  readonly because: string;
}

/** Reads `api=workers/report/** !**\/*.md`; null where it is none. */
export function readGroup(text: string): PathGroup | null {
  const [, name, rest] = /^([a-z][a-z0-9_-]{0,40})=(.*)$/s.exec(text) ?? [];
  const globs = (rest ?? "").split(/\s+/).filter((glob) => glob !== "");
  return name === undefined || globs.length === 0 ? null : { name, globs };
}

/** Paths that are different between where head left base and head, or in words why that cannot be said. */
export function changedPaths(folder: string, base: Base): readonly string[] | string {
  if ("none" in base) return base.none;
  try {
    return diff(folder, base.commit);
  } catch (error) {
    return `${base.commit} cannot be compared with (${firstLine(error)}); a checkout with fetch-depth: 0 has it`;
  }
}

/** Renames count as both names. */
function diff(folder: string, commit: string): readonly string[] {
  // Hexadecimal or a name: never an option.
  if (commit.startsWith("-")) throw new Error("a revision does not begin with -");
  const args = [
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--name-only",
    "--no-renames",
    "-z",
    `${commit}...HEAD`,
    "--",
  ];
  return gitIn(folder)
    .text(args)
    .split("\0")
    .flatMap((path) => (path === "" ? [] : [oneLine(path)]));
}

/**
 * A line break in a name would begin a command to the runner in its log. It counts as some other character: which one changes nothing, because
 * names are only matched and shown.
 */
function oneLine(path: string): string {
  return path.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]/g, "\ufffd");
}

function firstLine(error: unknown): string {
  const text = messageOf(error);
  return text.trim().split("\n", 1)[0] ?? "";
}

/** Each group with whether it changed. `paths` in words means that everything counts. */
export function groupChanges(groups: readonly PathGroup[], paths: readonly string[] | string): readonly GroupChange[] {
  return groups.map(({ name, globs }) => {
    if (typeof paths === "string") return { name, changed: true, because: paths };
    const found = paths.filter((path) => fits(path, globs));
    const [first] = found;
    if (first === undefined) return { name, changed: false, because: `none of ${paths.length} changed files fits` };
    return { name, changed: true, because: found.length === 1 ? first : `${first} and ${found.length - 1} more` };
  });
}
