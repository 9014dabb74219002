/** Puts the loop together: the queue of pull requests, full passes, leases and sweeps, each of which runs by itself until `stop`. */

import { createAway, watched } from "./away.ts";
import { afterFailure } from "./failure.ts";
import { discreet } from "./hidden.ts";
import { createLeases } from "./leases.ts";
import { newMemory, type PullMemory, pullKey } from "./memory.ts";
import { PULLS_AT_ONCE } from "./pace.ts";
import type { Loop, ReconcilerParts } from "./parts.ts";
import { createPlaces } from "./places.ts";
import { createQueue, type Turn } from "./queue.ts";
import type { Reconciler, ReconcilerStanding } from "./reconciler.ts";
import { createRounds } from "./rounds.ts";
import { isOver, runPass } from "./run.ts";
import { createSweeper } from "./sweep.ts";

/** The first list of stacks is waited for so long: until it is there, nobody knows how many run. Well within a lease. */
const FIRST_LIST_MS = 5_000;

/** Nothing runs before `start`. Wake-ups before it are kept. */
export function createReconciler(parts: ReconcilerParts): Reconciler {
  const end = new AbortController();
  const loop = createLoop(parts, end.signal, (key, urgent) => queue.wake(key, urgent));
  const queue = createQueue({ clock: parts.clock, atOnce: PULLS_AT_ONCE, work });
  const sweeper = createSweeper(loop);
  const rounds = createRounds(loop, () => sweeper.ask());
  let running: Promise<unknown> = Promise.resolve();

  async function work(turn: Turn): Promise<number | null> {
    const memory = loop.remember(turn.key);
    try {
      const again = await runPass(loop, memory, turn);
      memory.failures = 0;
      loop.counts.done += 1;
      if (isOver(memory)) loop.pulls.delete(turn.key);
      rounds.looked(turn.key);
      return again;
    } catch (error) {
      return afterFailure({ loop, memory, turn }, error);
    }
  }

  async function run(): Promise<void> {
    const first = new AbortController();
    await Promise.race([sweeper.once(end.signal), parts.clock.sleep(FIRST_LIST_MS, first.signal)]);
    first.abort();
    await Promise.all([rounds.run(end.signal), loop.leases.run(end.signal), sweeper.run(end.signal)]);
  }

  return {
    wake: (wakeUp) => {
      if (wakeUp.kind === "pull") loop.wake(pullKey(wakeUp.repoId, wakeUp.pr), true);
      else rounds.ask(wakeUp.kind === "repository" ? wakeUp.repoId : null);
    },
    start: () => {
      running = run();
    },
    stop: async () => {
      end.abort();
      await Promise.all([queue.stop(), running]);
    },
    standing: () => standingOf(loop, rounds.lastPassAt()),
  };
}

function createLoop(parts: ReconcilerParts, end: AbortSignal, wake: Loop["wake"]): Loop {
  const away = createAway();
  const pulls = new Map<string, PullMemory>();
  const report = watched(away, "report", parts.report);
  const remember = (key: string) => {
    const memory = pulls.get(key) ?? newMemory(key);
    pulls.set(key, memory);
    return memory;
  };
  return {
    ...parts,
    github: watched(away, "github", parts.github),
    report,
    planner: async (question) => {
      try {
        return await parts.planner(question);
      } catch (error) {
        away.note(question.pull.repository.fullName, error);
        throw error;
      }
    },
    drivers: parts.drivers.map((driver) => watched(away, "driver", discreet(driver, parts.settings.repositories))),
    startedAt: parts.clock.now(),
    pulls,
    remember,
    repositories: null,
    listed: false,
    unread: new Set(),
    leases: createLeases({
      report,
      clock: parts.clock,
      refused: (key, id, problem) => {
        parts.log.warn({ deployment: id, problem }, "The lease of a deployment was refused. It is looked at again.");
        remember(key).stale = true;
        wake(key, true);
      },
    }),
    places: createPlaces(parts.settings.maxStacks, (key) => wake(key, false)),
    locks: new Map(),
    away,
    counts: { done: 0, failed: 0, swept: 0 },
    wake,
    isStopping: () => end.aborted,
  };
}

function standingOf(loop: Loop, lastPassAt: number | null): ReconcilerStanding {
  const stacks = { pending: 0, ready: 0, failed: 0, idle: 0, closing: 0, teardown_failed: 0 };
  for (const { records } of loop.pulls.values())
    for (const { state } of records) if (state !== "closed") stacks[state] += 1;
  const { done, failed, swept } = loop.counts;
  return {
    lastPassAt,
    pulls: loop.pulls.size,
    stacks,
    reconciles: { done, failed },
    leases: loop.leases.counts(),
    swept,
    unavailable: loop.away.words(),
  };
}
