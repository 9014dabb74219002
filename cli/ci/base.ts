/**
 * What a run of continuous integration compares with: the commit before the change, from the event that started it. Apart, because a wrong base is the
 * way in which a change goes unseen. An event without one says so: then everything counts as changed.
 */
import { type Environment, readEvent } from "./event.ts";

/** A commit to compare with, or in words why there is none. */
export type Base = { readonly commit: string } | { readonly none: string };

/** The base of the event that started this run. */
export function baseOf(env: Environment): Base {
  const event = readEvent(env);
  if ("missing" in event) {
    const isOutside = event.missing === "none";
    return {
      none: isOutside
        ? "no event of GitHub says what to compare with (--base names a commit)"
        : `${event.path} is no event of GitHub`,
    };
  }
  if (event.base !== null) return { commit: event.base };
  if (event.isNewBranch) return { none: "the branch is new" };
  return { none: `the event ${event.name || "that started this run"} has no commit to compare with` };
}
