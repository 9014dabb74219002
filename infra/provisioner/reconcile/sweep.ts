/**
 * Stacks that nobody knows of: left by a loop that died between two steps, or by a report that lost its data. They are found by
 * their labels. Those of a pull request are for its own pass to judge; only shared bases are judged here.
 */
import type { FoundStack } from "../drivers/driver.ts";
import { pullKey, refKey, type StackRef } from "./memory.ts";
import { ORPHAN_AGE_MS, SWEEP_MS } from "./pace.ts";
import type { Loop } from "./parts.ts";
import { everyoneIsKnown, isNeeded, removeStack } from "./stacks.ts";

export interface Sweeper {
  /** From the next time on; the loop itself begins with `once`. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Begins one now. */
  readonly ask: () => void;
  readonly once: (signal: AbortSignal) => Promise<void>;
}

export function createSweeper(loop: Loop): Sweeper {
  /** Since when nobody needs it, as far as is known here. */
  const orphans = new Map<string, number>();
  let nudge = new AbortController();

  async function once(signal: AbortSignal): Promise<void> {
    const { found, isComplete } = await listStacks(loop, signal);
    const refs = found.map(({ ref }) => ref);
    if (isComplete) loop.places.settle(refs, (key) => isNeeded(loop, key));
    for (const { stack, ref } of found) {
      if (loop.isStopping()) return;
      if (stack.pr === null) await sweepShared(loop, orphans, ref);
      else giveToPull(loop, pullKey(stack.repoId, stack.pr), ref);
    }
    const there = new Set(refs.map(refKey));
    for (const key of orphans.keys()) if (!there.has(key)) orphans.delete(key);
  }

  return {
    once,
    ask: () => nudge.abort("asked"),
    run: async (signal) => {
      while (!signal.aborted) {
        nudge = new AbortController();
        // Those that are not old enough yet, and those whose removal takes its time, are looked at sooner.
        const wait = orphans.size > 0 ? ORPHAN_AGE_MS : SWEEP_MS;
        await loop.clock.sleep(wait, AbortSignal.any([signal, nudge.signal]));
        if (!signal.aborted) await once(signal);
      }
    },
  };
}

interface Found {
  readonly stack: FoundStack;
  readonly ref: StackRef;
}

/** What could be listed: a driver that is away says nothing about the others. */
async function listStacks(loop: Loop, signal: AbortSignal) {
  const lists = await Promise.allSettled(
    loop.drivers.map(async ({ name, list }): Promise<readonly Found[]> => {
      const stacks = await list(signal);
      return stacks.map((stack) => ({ stack, ref: refOfFound(name, stack) }));
    }),
  );
  const found = lists.flatMap((list) => (list.status === "fulfilled" ? list.value : []));
  return { found, isComplete: lists.every(({ status }) => status === "fulfilled") };
}

function refOfFound(driver: StackRef["driver"], { repoId, name, pr }: FoundStack): StackRef {
  return { driver, repoId, name, shared: pr === null };
}

/** Its pass reads whether the pull request is open, and removes what it does not need. */
function giveToPull(loop: Loop, key: string, ref: StackRef): void {
  if (loop.pulls.get(key)?.needs.has(refKey(ref)) === true) return;
  const memory = loop.remember(key);
  if (memory.known && !memory.refs.has(refKey(ref))) {
    loop.counts.swept += 1;
    loop.log.warn({ pull: key, stack: ref.name }, "A stack was found that its pull request does not need.");
  }
  memory.refs.set(refKey(ref), ref);
  loop.wake(key, false);
}

async function sweepShared(loop: Loop, orphans: Map<string, number>, ref: StackRef): Promise<void> {
  const key = refKey(ref);
  const since = orphans.get(key) ?? loop.clock.now();
  if (isNeeded(loop, key)) orphans.delete(key);
  else orphans.set(key, since);
  const isOld = loop.clock.now() - since >= ORPHAN_AGE_MS;
  if (!orphans.has(key) || !isOld || !everyoneIsKnown(loop, ref.repoId)) return;
  // A removal that was begun is not cut short.
  const removed = await removeStack(loop, ref, new AbortController().signal).catch(() => "removing" as const);
  if (removed !== "gone") return;
  orphans.delete(key);
  loop.counts.swept += 1;
  loop.log.info({ stack: ref.name }, "A base stack that nobody needs any more is gone.");
}
