/** The full pass: lists what is open at GitHub and in the report, and wakes everything of it. Needs no delivery to be right. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { pullKey } from "./memory.ts";
import { backOff, FULL_PASS_MS } from "./pace.ts";
import type { Loop } from "./parts.ts";

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

  /** Whether nothing is left to be listed. */
  async function listAsked(): Promise<boolean> {
    const { all } = asked;
    const only = [...asked.repositories];
    asked.all = false;
    asked.repositories.clear();
    const keys = await (all ? listAll(loop) : listRepositories(loop, only)).catch(() => null);
    if (keys === null && all) asked.all = true;
    if (keys === null && !all) for (const id of only) asked.repositories.add(id);
    if (keys === null) return false;
    if (all) pending = new Set(keys);
    for (const key of keys) loop.wake(key, !all);
    if (all && keys.length === 0) looked("");
    return true;
  }

  return {
    ask: (repoId) => {
      if (repoId === null) asked.all = true;
      else asked.repositories.add(repoId);
      nudge.abort();
    },
    run: async (signal) => {
      let failures = 0;
      let nextAll = loop.clock.now();
      while (!signal.aborted) {
        nudge = new AbortController();
        if (loop.clock.now() >= nextAll) asked.all = true;
        const isAll = asked.all;
        const listed = !isAll && asked.repositories.size === 0 ? true : await listAsked();
        failures = listed ? 0 : failures + 1;
        if (listed && isAll) nextAll = loop.clock.now() + FULL_PASS_MS;
        const isAskedMeanwhile = listed && (asked.all || asked.repositories.size > 0);
        if (isAskedMeanwhile) continue;
        const wait = listed ? nextAll - loop.clock.now() : backOff(failures, loop.random);
        await loop.clock.sleep(wait, AbortSignal.any([signal, nudge.signal]));
      }
    },
    looked,
    lastPassAt: () => lastPassAt,
  };
}

/** Everything open anywhere, and everything worked on. Rejects when a list could not be read: a round is of all or it is none. */
async function listAll(loop: Loop): Promise<readonly string[]> {
  const repositories = await loop.github.repositories();
  loop.repositories = new Map(repositories.map((repository) => [repository.id, repository]));
  const open = await listOpen(loop, repositories);
  const recorded = await loop.report.open();
  const keys = new Set([
    ...open,
    ...recorded.map(({ repository, pull }) => pullKey(repository.id, pull.number)),
    ...loop.pulls.keys(),
  ]);
  for (const key of keys) loop.remember(key);
  loop.listed = true;
  return [...keys];
}

async function listRepositories(loop: Loop, ids: readonly number[]): Promise<readonly string[]> {
  const repositories = await loop.github.repositories();
  loop.repositories = new Map(repositories.map((repository) => [repository.id, repository]));
  const open = await listOpen(
    loop,
    repositories.filter(({ id }) => ids.includes(id)),
  );
  const known = [...loop.pulls.values()].filter(({ repoId }) => ids.includes(repoId)).map(({ key }) => key);
  return [...new Set([...open, ...known])];
}

async function listOpen(loop: Loop, repositories: readonly RepositoryFacts[]): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const repository of repositories)
    for (const { number } of await loop.github.openPulls(repository)) keys.push(pullKey(repository.id, number));
  return keys;
}
