/**
 * Whether code from outside may run: a fork's head runs once a person who may write approved exactly this commit. Nothing is stored:
 * the approval is a label or comment on GitHub, and what binds it to the commit is that this commit was announced before it.
 */
import { readCommand, type ShadowCommand } from "./commands.ts";
import type { PullFacts } from "./facts.ts";

/** A label with this name, put there by someone who may write, approves the head that stands announced. */
export const APPROVAL_LABEL = "shadow-approved";

const FULL_SHA_DIGITS = 40;

export type ForkStanding =
  | { readonly kind: "own" }
  /** Its repository is gone: nothing can be read, let alone run. */
  | { readonly kind: "gone" }
  | { readonly kind: "unapproved" }
  | { readonly kind: "approved"; readonly by: string; readonly at: number };

export function forkStanding(pull: PullFacts): ForkStanding {
  const { head, repository } = pull;
  if (head.repository === null) return { kind: "gone" };
  if (head.repository.id === repository.id) return { kind: "own" };
  const approvals = [...labelApprovals(pull), ...commandApprovals(pull)];
  const first = approvals.toSorted((a, b) => a.at - b.at)[0];
  return first === undefined ? { kind: "unapproved" } : { kind: "approved", by: first.by, at: first.at };
}

interface Approval {
  readonly by: string;
  readonly at: number;
}

function labelApprovals(pull: PullFacts): readonly Approval[] {
  return pull.labelled.filter(
    ({ name, canWrite, at }) => name === APPROVAL_LABEL && canWrite && isAfterAnnouncement(pull, at),
  );
}

function commandApprovals(pull: PullFacts): readonly Approval[] {
  return pull.commands.filter(({ text, canWrite, at }) => {
    const command = readCommand(text);
    return canWrite && command?.kind === "approve-fork" && approves(command, pull, at);
  });
}

/**
 * All 40 digits name one commit and no other, whenever they were written. Fewer can be met on purpose by trying out commits
 * (seven within minutes), so they count only for a commit that stood announced, as an approval without digits does.
 */
export function approves(
  { sha }: Extract<ShadowCommand, { kind: "approve-fork" }>,
  pull: PullFacts,
  at: number,
): boolean {
  if (sha?.length === FULL_SHA_DIGITS) return sha === pull.head.sha;
  return (sha === null || pull.head.sha.startsWith(sha)) && isAfterAnnouncement(pull, at);
}

/**
 * The approver could have seen this commit: it was announced before. And saw no other: a branch that was force-pushed since may have
 * shown another commit in between. GitHub's times are whole seconds, so an equal one proves nothing.
 */
function isAfterAnnouncement({ announcedAt, rewrittenAt }: PullFacts, at: number): boolean {
  if (announcedAt === null || at <= announcedAt) return false;
  return rewrittenAt === null || rewrittenAt < announcedAt;
}
