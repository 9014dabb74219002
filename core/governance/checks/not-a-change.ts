/** What checks on changes say where there is no change to look at. */
import type { Change } from "../change.ts";
import type { CheckResult } from "../check.ts";

/** Null where there is a change. */
export function notAChange({ scope }: Change): Exclude<CheckResult, readonly unknown[]> | null {
  return scope === "all" ? { notJudged: "every file was looked at, not a change" } : null;
}

/** Null where the commits of the change are known; those of a commit that is about to be made may not be. */
export function noCommits({ scope, commits }: Change): Exclude<CheckResult, readonly unknown[]> | null {
  if (scope === "all") return { notJudged: "every file was looked at, not a change" };
  if (scope === "staged" && commits.length === 0) return { notJudged: "what is staged has no commit yet" };
  return null;
}
