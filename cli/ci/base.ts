/**
 * What a run of continuous integration compares with: the commit before the change, from the event that GitHub describes in a file. Apart,
 * because a wrong base is the way in which a change goes unseen. An event without one says so: then everything counts as changed.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

/** Of an event, what says where the change begins: https://docs.github.com/webhooks/webhook-events-and-payloads */
const EventSchema = z.object({
  pull_request: z.object({ base: z.object({ sha: z.string() }) }).optional(),
  merge_group: z.object({ base_sha: z.string() }).optional(),
  before: z.string().optional(),
});

/** A commit to compare with, or in words why there is none. */
export type Base = { readonly commit: string } | { readonly none: string };

/** The base of the event that started this run. */
export function baseOf(env: Readonly<Record<string, string | undefined>>): Base {
  const { GITHUB_EVENT_NAME: name = "", GITHUB_EVENT_PATH: path = "" } = env;
  if (path === "") return { none: "no event of GitHub says what to compare with (--base names a commit)" };
  const event = readEvent(path);
  if (event === null) return { none: `${path} is no event of GitHub` };
  const commit = event.pull_request?.base.sha ?? event.merge_group?.base_sha ?? event.before ?? "";
  if (commit === "") return { none: `the event ${name || "that started this run"} has no commit to compare with` };
  // What GitHub sends where a branch is new.
  if (/^0+$/.test(commit)) return { none: "the branch is new" };
  return { commit };
}

function readEvent(path: string): z.infer<typeof EventSchema> | null {
  try {
    return EventSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}
