/** What happened on a pull request: comments that are commands, who set which label, and when its head was rewritten or it was reopened. */
import type { CommandFacts, PullFacts, RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { ask } from "./ask.ts";
import { partsOf } from "./directory.ts";
import { about, type Parts } from "./parts.ts";
import type { People } from "./people.ts";

/** As GitHub tells it, before anyone's permission is asked for. */
export interface History {
  readonly commands: readonly Omit<CommandFacts, "canWrite">[];
  readonly labelled: readonly { readonly name: string; readonly by: string; readonly at: number }[];
  readonly rewrittenAt: number | null;
  readonly reopenedAt: number | null;
}

/** A person's account that is gone; it may write nowhere. */
export const GHOST = "ghost";

const COMMAND = /^\/shadow(?:\s|$)/;
/** A command is a few words. More is somebody's text. */
const LONGEST_COMMAND_CHARS = 300;

/** Labels whose names begin so may be permissions; who set others does not matter. */
const OUR_LABELS = /^shadow/i;

/** Read as they are now: GitHub keeps no earlier text of a comment, and takes away the event of no label. */
export async function readHistory(parts: Parts, repository: RepositoryFacts, number: number): Promise<History> {
  const asking = await about(parts, repository, `read what happened on pull request ${number}`);
  const place = { ...partsOf(repository.fullName), issue_number: number, per_page: 100 };
  // Page by page to what is kept: comments are strangers' texts, 64 KB each and thousands of them.
  const [commands, events] = await Promise.all([
    ask(asking, (client) =>
      client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", place, ({ data }) =>
        data.flatMap((comment) => commandOf(comment)),
      ),
    ),
    ask(asking, (client) =>
      client.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/events", place, ({ data }) => data.map(eventOf)),
    ),
  ]);
  return { commands: commands.toSorted((a, b) => a.id - b.id), ...eventsOf(events) };
}

interface CommentAnswer {
  readonly id: number | bigint;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
  readonly created_at: string;
}

/**
 * The time is that of its first writing, also where it was edited: who makes an order of an old comment orders about what stood then.
 * Whoever may edit somebody else's comment may write to the repository anyway.
 */
function commandOf({ id, body = "", user, created_at: at }: CommentAnswer): readonly Omit<CommandFacts, "canWrite">[] {
  const text = (body.trimStart().split(/\r?\n/, 1)[0] ?? "").trimEnd().slice(0, LONGEST_COMMAND_CHARS);
  return COMMAND.test(text) ? [{ id: Number(id), by: user?.login ?? GHOST, at: Date.parse(at), text }] : [];
}

interface PullEvent {
  readonly event: string;
  readonly by: string;
  readonly at: number;
  readonly label: string | null;
}

/** Events come in a dozen forms; these four keys are all we read of any. */
interface EventAnswer {
  readonly event?: string;
  readonly actor?: { readonly login?: string } | null;
  readonly created_at?: string;
  readonly label?: { readonly name?: string | null };
}

function eventOf(answer: EventAnswer): PullEvent {
  return {
    event: answer.event ?? "",
    by: answer.actor?.login ?? GHOST,
    at: Date.parse(answer.created_at ?? ""),
    label: answer.label?.name ?? null,
  };
}

function eventsOf(events: readonly PullEvent[]): Omit<History, "commands"> {
  const on = new Map<string, { readonly name: string; readonly by: string; readonly at: number }>();
  // Oldest first, as GitHub lists them.
  for (const { event, label, by, at } of events) {
    if (label === null || !OUR_LABELS.test(label)) continue;
    if (event === "labeled") on.set(label, { name: label, by, at });
    if (event === "unlabeled") on.delete(label);
  }
  const last = (...names: readonly string[]): number | null =>
    events.reduce<number | null>(
      (newest, { event, at }) => (names.includes(event) ? Math.max(newest ?? 0, at) : newest),
      null,
    );
  return {
    labelled: [...on.values()],
    rewrittenAt: last("head_ref_force_pushed"),
    reopenedAt: last("reopened", "ready_for_review"),
  };
}

/** With everyone's permission of now. A label that is not on the pull request any more permits nothing, whatever events say. */
export async function withPermissions(
  people: People,
  pull: Pick<PullFacts, "repository" | "labels">,
  { labelled, commands, ...times }: History,
): Promise<Pick<PullFacts, "labelled" | "commands" | "rewrittenAt" | "reopenedAt">> {
  const canWrite = (login: string) => (login === GHOST ? false : people.canWrite(pull.repository, login));
  const present = labelled.filter(({ name }) => pull.labels.includes(name));
  return {
    labelled: await Promise.all(present.map(async (one) => ({ ...one, canWrite: await canWrite(one.by) }))),
    commands: await Promise.all(commands.map(async (one) => ({ ...one, canWrite: await canWrite(one.by) }))),
    ...times,
  };
}
