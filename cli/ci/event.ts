/**
 * What started this run of continuous integration, as GitHub describes it in a file: the one reader of it. Says what the event says, and decides nothing
 * about what a missing base means. https://docs.github.com/webhooks/webhook-events-and-payloads
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface StartEvent {
  /** As GitHub calls it; empty where nobody says. */
  readonly name: string;
  /** The commit before the change; null where the event has none, as in a run by hand, and for a new branch. */
  readonly base: string | null;
  readonly isNewBranch: boolean;
  /** The last commit of the change, which for a pull request is not the one that is checked out; null where nobody says. */
  readonly head: string | null;
  /** Number of the pull request. */
  readonly pull: number | null;
}

/** `none` outside of GitHub, `unreadable` where the file is missing or holds no event. */
export type ReadEvent = StartEvent | { readonly missing: "none" | "unreadable"; readonly path: string };

const PullRequest = z.object({
  number: z.int().positive().optional(),
  base: z.object({ sha: z.string() }).optional(),
  head: z.object({ sha: z.string() }).optional(),
});
const MergeGroup = z.object({
  base_sha: z.string().optional(),
  head_sha: z.string().optional(),
  head_ref: z.string().optional(),
});
const Payload = z.object({
  pull_request: PullRequest.optional().catch(undefined),
  merge_group: MergeGroup.optional().catch(undefined),
  before: z.string().nullish().catch(undefined),
  after: z.string().nullish().catch(undefined),
});
type Payload = z.infer<typeof Payload>;

type Said = Readonly<Record<"base" | "head", string | null | undefined>> & { readonly pull: number | undefined };

/** Told apart by what they hold: the first that is there speaks. A push to a pull request has a `before` too, which is not its base. */
const KINDS: readonly ((payload: Payload) => Said | null)[] = [
  ({ pull_request: pull }) =>
    pull === undefined ? null : { base: pull.base?.sha, head: pull.head?.sha, pull: pull.number },
  ({ merge_group: group }) =>
    group === undefined ? null : { base: group.base_sha, head: group.head_sha, pull: pullOfQueue(group.head_ref) },
  ({ before, after }) => ({ base: before, head: after, pull: undefined }),
];

/** The branch of a merge queue's entry: `refs/heads/gh-readonly-queue/main/pr-7-<sha>`. */
function pullOfQueue(ref = ""): number | undefined {
  const number = /^(?:refs\/heads\/)?gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/.exec(ref)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Never throws. */
export function readEvent({ GITHUB_EVENT_NAME: name = "", GITHUB_EVENT_PATH: path = "" }: Environment): ReadEvent {
  if (path === "") return { missing: "none", path };
  const payload = payloadIn(path);
  if (payload === null) return { missing: "unreadable", path };
  for (const kind of KINDS) {
    const said = kind(payload);
    if (said !== null) return eventOf(name, said);
  }
  return eventOf(name, { base: null, head: null, pull: undefined });
}

function payloadIn(path: string): Payload | null {
  try {
    return Payload.safeParse(JSON.parse(readFileSync(path, "utf8"))).data ?? null;
  } catch {
    return null;
  }
}

function eventOf(name: string, { base, head, pull }: Said): StartEvent {
  const isNewBranch = isZero(base);
  return { name, base: isNewBranch ? null : textOf(base), isNewBranch, head: textOf(head), pull: pull ?? null };
}

/** What GitHub sends in place of a commit that there is not. */
function isZero(sha: string | null | undefined): boolean {
  return /^0+$/.test(sha ?? "");
}

function textOf(sha: string | null | undefined): string | null {
  return sha === null || sha === undefined || sha === "" || isZero(sha) ? null : sha;
}
