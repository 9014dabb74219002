/** Our commit statuses: setting them without repeating ourselves, and when a commit was first announced. */
import { announcementOf } from "../../../core/shadow/pull/announcement.ts";
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { ask } from "./ask.ts";
import { partsOf } from "./directory.ts";
import type { CommitAt, CommitStatus } from "./github.ts";
import { createMemory } from "./memory.ts";
import { about, type Parts } from "./parts.ts";
import { servedBy } from "./repositories.ts";

export const STATUS_CONTEXT = "shadow-infra";

/** https://docs.github.com/rest/commits/statuses */
const LONGEST_DESCRIPTION_CHARS = 140;
const ELLIPSIS = "…";
const MOST_KEPT = 5_000;

export interface StatusAnswer {
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly target_url: string | null;
  readonly created_at: string;
}

export interface Statuses {
  readonly set: (at: CommitAt, status: CommitStatus) => Promise<void>;
  /** Unix milliseconds; null: not yet. */
  readonly announcedAt: (repository: RepositoryFacts, head: Announced) => Promise<number | null>;
}

export interface Announced {
  readonly sha: string;
  readonly pr: number;
  /** That it was not announced yet is not believed of earlier, but asked. */
  readonly anew: boolean;
}

/** Others announce too (a second provisioner, one that was replaced): "not yet" is believed for that long. */
const NOT_YET_MS = 600_000;

export function createStatuses(parts: Parts): Statuses {
  // What was first is first for good.
  const announced = createMemory<number>(MOST_KEPT);
  const notYet = createMemory<number>(MOST_KEPT);
  return {
    set: async (at, status) => {
      await set(parts, at, status);
      notYet.delete(at.sha);
    },
    announcedAt: async (repository, { sha, pr, anew }) => {
      const key = `${repository.id} ${pr} ${sha}`;
      const kept = announced.get(key);
      if (kept !== undefined) return kept;
      if (!anew && parts.clock() - (notYet.get(sha) ?? -NOT_YET_MS) < NOT_YET_MS) return null;
      const first = firstOf(await statusesOf(parts, repository, sha), pr);
      if (first === null) notYet.set(sha, parts.clock(), 1);
      else announced.set(key, first, 1);
      return first;
    },
  };
}

function firstOf(statuses: readonly StatusAnswer[], pr: number): number | null {
  const times = statuses
    .filter(({ context, description }) => context === STATUS_CONTEXT && description?.startsWith(announcementOf(pr)))
    .map(({ created_at: at }) => Date.parse(at));
  return times.length === 0 ? null : Math.min(...times);
}

/** All that anyone set on a commit, newest first. GitHub takes a thousand of one context. */
export async function statusesOf(
  parts: Parts,
  repository: RepositoryFacts,
  sha: string,
): Promise<readonly StatusAnswer[]> {
  const asking = await about(parts, repository, `read the statuses of commit ${sha.slice(0, 12)}`);
  const place = { ...partsOf(repository.fullName), ref: sha, per_page: 100 };
  return ask(asking, (client) => client.paginate("GET /repos/{owner}/{repo}/commits/{ref}/statuses", place));
}

async function set(parts: Parts, { fullName, sha }: CommitAt, status: CommitStatus): Promise<void> {
  const repository = await servedBy(parts, fullName);
  const wanted = { state: status.state, description: shortened(status.description), target_url: status.targetUrl };
  const newest = (await statusesOf(parts, repository, sha)).find(
    ({ context, description }) =>
      context === STATUS_CONTEXT && subjectOf(description) === subjectOf(wanted.description),
  );
  if (newest !== undefined && isSame(newest, wanted)) return;
  const asking = await about(parts, repository, `set the status of commit ${sha.slice(0, 12)}`);
  await ask(asking, (client) =>
    client.request("POST /repos/{owner}/{repo}/statuses/{sha}", {
      ...partsOf(repository.fullName),
      sha,
      context: STATUS_CONTEXT,
      ...wanted,
    }),
  );
}

function isSame(one: StatusAnswer, other: Pick<StatusAnswer, "state" | "description" | "target_url">): boolean {
  return one.state === other.state && one.description === other.description && one.target_url === other.target_url;
}

/** The pull request a status is about. A commit may be the head of several, which speak in turns. */
function subjectOf(description: string | null): string {
  return /^#\d+: /.exec(description ?? "")?.[0] ?? "";
}

/** Cut between words where there are some: half a word may mean something else. */
export function shortened(words: string): string {
  if (words.length <= LONGEST_DESCRIPTION_CHARS) return words;
  const room = words.slice(0, LONGEST_DESCRIPTION_CHARS - ELLIPSIS.length + 1);
  const space = room.lastIndexOf(" ");
  const cut = space > LONGEST_DESCRIPTION_CHARS / 2 ? room.slice(0, space) : room.slice(0, -1);
  // Half of a pair of code units is no character.
  return `${cut.replace(/[\uD800-\uDBFF]$/, "")}${ELLIPSIS}`;
}
