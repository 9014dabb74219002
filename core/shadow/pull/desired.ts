/** What should run for a pull request, from what GitHub says of it alone. What its repository's files say comes after (`steps.ts`). */
import { commandStanding } from "./commands.ts";
import type { PullFacts } from "./facts.ts";
import { forkStanding } from "./fork.ts";

/** Labels with a meaning of their own; anyone whom GitHub lets set labels may use them. */
export const OPT_OUT_LABEL = "shadow-off";
export const KEEP_LABEL = "shadow-keep";

export interface PullPolicy {
  /** Draft pull requests get a stack too. */
  readonly drafts: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Why nothing runs. Stable. */
export const NO_STACK_REASONS = ["closed", "draft", "opted-out", "stopped", "fork-gone", "fork-unapproved"] as const;
export type NoStackReason = (typeof NO_STACK_REASONS)[number];

export type Desired =
  | {
      readonly kind: "run";
      readonly sha: string;
      /** Changes with every retry; "" before the first. */
      readonly attempt: string;
      /** Since when this commit is wanted: what its limits of time count from. Unix milliseconds. */
      readonly since: number;
      /** It outlives its time to live. */
      readonly keep: boolean;
    }
  /** `wait`: somebody is expected to do something. `none`: nobody is. */
  | { readonly kind: "wait" | "none"; readonly code: NoStackReason; readonly words: string };

/** The first row that holds decides: what ends a shadow stands before what delays it. */
const OBSTACLES: readonly {
  readonly code: NoStackReason;
  readonly kind: "wait" | "none";
  readonly holds: (pull: PullFacts, policy: PullPolicy) => boolean;
  readonly words: (pull: PullFacts) => string;
}[] = [
  {
    code: "closed",
    kind: "none",
    holds: ({ state }) => state === "closed",
    words: () => "The pull request is closed.",
  },
  {
    code: "fork-gone",
    kind: "none",
    holds: (pull) => forkStanding(pull).kind === "gone",
    words: () => "The fork is gone: its code cannot be read any more.",
  },
  {
    code: "opted-out",
    kind: "none",
    holds: ({ labels }) => labels.includes(OPT_OUT_LABEL),
    words: () => `Off by the label ${OPT_OUT_LABEL}: remove it to get a shadow.`,
  },
  {
    code: "stopped",
    kind: "none",
    holds: ({ commands }) => commandStanding(commands).stopped !== null,
    words: ({ commands }) =>
      `Stopped by ${commandStanding(commands).stopped?.by ?? "someone"}: "/shadow retry" starts it again.`,
  },
  {
    code: "draft",
    kind: "wait",
    holds: ({ draft }, { drafts }) => draft && !drafts,
    words: () => "Drafts get no shadow here: mark it ready for review.",
  },
  {
    code: "fork-unapproved",
    kind: "wait",
    holds: (pull) => forkStanding(pull).kind === "unapproved",
    words: ({ head }) => `Waits for approval of ${head.sha.slice(0, 7)}: /shadow approve-fork ${head.sha}`,
  },
];

export function desiredOf(pull: PullFacts, policy: PullPolicy): Desired {
  const obstacle = OBSTACLES.find(({ holds }) => holds(pull, policy));
  if (obstacle !== undefined) return { kind: obstacle.kind, code: obstacle.code, words: obstacle.words(pull) };
  const { retry } = commandStanding(pull.commands);
  return {
    kind: "run",
    sha: pull.head.sha,
    attempt: retry === null ? "" : String(retry.id),
    since: wantedSince(pull, retry?.at ?? 0, policy.now),
    keep: pull.labels.includes(KEEP_LABEL),
  };
}

/**
 * GitHub does not say when a branch was pushed, and commits carry any date their author likes. Our first status on the commit comes
 * right after the push; before there is one, it is now. Whatever makes the same commit wanted again counts anew.
 */
function wantedSince(pull: PullFacts, retriedAt: number, now: number): number {
  const fork = forkStanding(pull);
  const approvedAt = fork.kind === "approved" ? fork.at : 0;
  return Math.max(pull.announcedAt ?? now, pull.createdAt, pull.reopenedAt ?? 0, approvedAt, retriedAt);
}
