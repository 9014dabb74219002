/**
 * Stacks that nobody knows of: left by a loop that died between two steps, or by a report that lost its data. They are found by
 * their labels. Those of a pull request are for its own pass to judge; only shared bases are judged here.
 */
import { type FoundStack } from "../drivers/driver.ts";
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
    const lists = await Promise.allSettled(loop.drivers.map((driver) => driver.list(signal)));
    const found = lists.flatMap((list, n) => {
      const driver = loop.drivers[n];
      return list.status === "fulfilled" && driver !== undefined
        ? list.value.map((stack) => ({
            stack,
            ref: { driver: driver.name, name: stack.name, shared: stack.pr === null },
          }))
        : [];
    });
    if (lists.every(({ status }) => status === "fulfilled"))
      loop.places.settle(
        found.map(({ ref }) => ref),
        (key) => isNeeded(loop, key),
      );
    for (const { stack, ref } of found) {
      if (loop.isStopping()) return;
      if (stack.pr === null) await sweepShared(ref, signal);
      else giveToPull(stack, stack.pr, ref);
    }
    for (const key of orphans.keys()) if (!found.some(({ ref }) => refKey(ref) === key)) orphans.delete(key);
  }

  /** Its pass reads whether the pull request is open, and removes what it does not need. */
  function giveToPull({ repoId, name }: FoundStack, pr: number, ref: StackRef): void {
    const key = pullKey(repoId, pr);
    if (loop.pulls.get(key)?.needs.has(refKey(ref)) === true) return;
    const memory = loop.remember(key);
    if (memory.known && !memory.refs.has(refKey(ref))) {
      loop.counts.swept += 1;
      loop.log.warn({ pull: key, stack: name }, "A stack was found that its pull request does not need.");
    }
    memory.refs.set(refKey(ref), ref);
    loop.wake(key, false);
  }

  async function sweepShared(ref: StackRef, signal: AbortSignal): Promise<void> {
    const key = refKey(ref);
    if (isNeeded(loop, key) || !everyoneIsKnown(loop) || loop.unavailable.has("github")) {
      orphans.delete(key);
      return;
    }
    const since = orphans.get(key) ?? loop.clock.now();
    orphans.set(key, since);
    if (loop.clock.now() - since < ORPHAN_AGE_MS) return;
    const removed = await removeStack(loop, ref, signal).catch(() => "removing" as const);
    if (removed !== "gone") return;
    orphans.delete(key);
    loop.counts.swept += 1;
    loop.log.info({ stack: ref.name }, "A base stack that nobody needs any more is gone.");
  }

  return {
    once,
    ask: () => nudge.abort(),
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
