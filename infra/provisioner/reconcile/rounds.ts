/** The full pass: lists what is open at GitHub and in the report, and wakes everything of it. Needs no delivery to be right. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { GitHubUnavailable } from "../github/github.ts";
import { pullKey } from "./memory.ts";
import { backOff, FULL_PASS_MS } from "./pace.ts";
import type { Loop } from "./parts.ts";

/** Why a sleep ends. Words that are there already: an exception for each costs more than the rest of a pass. */
const ASKED = "asked";

export interface Rounds {
  /** Begins one now; with a repository only of that one. */
  readonly ask: (repoId: number | null) => void;
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** A pull request was looked at with success. */
  readonly looked: (key: string) => void;
  readonly lastPassAt: () => number | null;
}

export function createRounds(loop: Loop, onFirst: () => void): Rounds {
  const asked = { all: true, repositories: new Set<number>() };
  let nudge = new AbortController();
  let pending: Set<string> | null = null;
  let lastPassAt: number | null = null;

  function looked(key: string): void {
    if (pending === null) return;
    pending.delete(key);
    if (pending.size > 0) return;
    pending = null;
    if (lastPassAt === null) onFirst();
    lastPassAt = loop.clock.now();
  }

  /** Whether nothing is left to be listed: a repository that does not answer is asked again, and holds up no other. */
  async function listAsked(): Promise<boolean> {
    const { all } = asked;
    const only = all ? null : [...asked.repositories];
    asked.all = false;
    asked.repositories.clear();
    const listed = await list(loop, only).catch(() => null);
    if (listed === null) return notListed(only);
    for (const id of listed.unread) asked.repositories.add(id);
    if (all) pending = new Set([...listed.keys, ...listed.unread.map(unreadKey)]);
    for (const key of listed.keys) loop.wake(key, !all);
    for (const id of listed.read) looked(unreadKey(id));
    if (all) looked("");
    return listed.unread.length === 0;
  }

  /** Asked again, and until then nobody knows of all that is open there. */
  function notListed(only: readonly number[] | null): false {
    if (only === null) asked.all = true;
    for (const id of only ?? []) asked.repositories.add(id);
    for (const id of only ?? loop.repositories?.keys() ?? []) loop.unread.add(id);
    return false;
  }

  return {
    ask: (repoId) => {
      if (repoId === null) asked.all = true;
      else asked.repositories.add(repoId);
      nudge.abort(ASKED);
    },
    run: async (signal) => {
      let failures = 0;
      let nextAll = loop.clock.now();
      while (!signal.aborted) {
        nudge = new AbortController();
        if (loop.clock.now() >= nextAll) asked.all = true;
        const isAll = asked.all;
        const isDone = !isAll && asked.repositories.size === 0 ? true : await listAsked();
        failures = isDone ? 0 : failures + 1;
        if (isAll && !asked.all) nextAll = loop.clock.now() + FULL_PASS_MS;
        const isAskedMeanwhile = isDone && (asked.all || asked.repositories.size > 0);
        if (isAskedMeanwhile) continue;
        const wait = isDone ? nextAll - loop.clock.now() : backOff(failures, loop.random);
        await loop.clock.sleep(wait, AbortSignal.any([signal, nudge.signal]));
      }
    },
    looked,
    lastPassAt: () => lastPassAt,
  };
}

/** In the place of the pull requests of a repository that could not be listed. */
function unreadKey(repoId: number): string {
  return `unread/${repoId}`;
}

interface Listed {
  /** Pull requests that are open or worked on. */
  readonly keys: readonly string[];
  /** Repositories by whether they answered. */
  readonly read: readonly number[];
  readonly unread: readonly number[];
}

/**
 * Everything open anywhere and everything worked on, or that of some repositories. Rejects when nobody knows which repositories there
 * are, or which deployments.
 */
async function list(loop: Loop, only: readonly number[] | null): Promise<Listed> {
  const repositories = await loop.github.repositories();
  loop.repositories = new Map(repositories.map((repository) => [repository.id, repository]));
  loop.away.keepOnly("github", new Set(["", ...repositories.map(({ fullName }) => fullName)]));
  const { keys, read, unread } = await listOpen(
    loop,
    only === null ? repositories : repositories.filter(({ id }) => only.includes(id)),
  );
  const recorded = only === null ? await loop.report.open() : [];
  const worked = [...loop.pulls.values()].filter(({ repoId }) => only === null || only.includes(repoId));
  const all = new Set([
    ...keys,
    ...recorded.map(({ repository, pull }) => pullKey(repository.id, pull.number)),
    ...worked.map(({ key }) => key),
  ]);
  for (const key of all) loop.remember(key);
  for (const id of read) loop.unread.delete(id);
  for (const id of unread) loop.unread.add(id);
  if (only === null) loop.listed = true;
  return { keys: [...all], read, unread };
}

async function listOpen(loop: Loop, repositories: readonly RepositoryFacts[]): Promise<Listed> {
  const keys: string[] = [];
  const read: number[] = [];
  const unread: number[] = [];
  for (const repository of repositories) {
    const pulls = await loop.github.openPulls(repository).catch(onlyUnavailable);
    (pulls === null ? unread : read).push(repository.id);
    for (const { number } of pulls ?? []) keys.push(pullKey(repository.id, number));
  }
  return { keys, read, unread };
}

function onlyUnavailable(error: unknown): null {
  if (error instanceof GitHubUnavailable) return null;
  throw error;
}
