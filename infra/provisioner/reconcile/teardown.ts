/** The way down: end the lease, wait until it has ended, remove the stacks until nothing is left, close. Also what a plan left behind. */
import { ReportUnavailable } from "../report/report.ts";
import { type PullRecord, refKey, type StackRef } from "./memory.ts";
import { growing, REMOVING } from "./pace.ts";
import { closeRecord, type Pass, type StepResult, Superseded, setState, withdrawRecord } from "./pass.ts";
import { reasonWords } from "./registration.ts";
import { driverWords, removeStack } from "./stacks.ts";
import { isWaiting } from "./waiting.ts";
import { WORDS } from "./words.ts";

/** The report ends a lease before it answers; nothing is removed before it did, or before any lease must have run out. */
export async function withdraw(pass: Pass, words: string): Promise<StepResult> {
  const { loop, memory } = pass;
  for (const { id } of memory.records) loop.leases.forget(id);
  if (!memory.recordsKnown && !loop.leases.hasRunOut("unknown")) throw new ReportUnavailable(WORDS.leasesUnknown);
  for (const record of ending(pass)) await withdrawRecord(pass, record, reasonWords(words));
  return "done";
}

export async function removeAll(pass: Pass): Promise<StepResult> {
  pass.memory.needs = new Map();
  pass.memory.known = true;
  try {
    return await removeRefs(pass, [...pass.memory.refs.values()]);
  } catch (error) {
    if (error instanceof Superseded || pass.turn.signal.aborted) throw error;
    await showTeardownFailed(pass, driverWords(error));
    throw error;
  }
}

/** Stacks that may be there and that the plan does not need. */
export async function tidy(pass: Pass): Promise<StepResult> {
  const { refs, needs } = pass.memory;
  return removeRefs(
    pass,
    [...refs].filter(([key]) => !needs.has(key)).map(([, ref]) => ref),
  );
}

/** All of them are asked for, although one may still be going. */
async function removeRefs({ loop, memory }: Pass, refs: readonly StackRef[]): Promise<StepResult> {
  // A removal that was begun is not cut short: what a wake-up brings is seen by the next pass.
  const never = new AbortController().signal;
  let isGoing = false;
  for (const ref of refs) {
    const removed = await removeStack(loop, ref, never);
    if (removed === "removing") isGoing = true;
    // A shared base that others need, or that nobody may judge yet, is the sweep's to find.
    else memory.refs.delete(refKey(ref));
  }
  return isGoing ? { again: growing(REMOVING, memory.looks) } : "done";
}

export async function closeAll(pass: Pass): Promise<StepResult> {
  if (!pass.memory.recordsKnown) throw new ReportUnavailable(WORDS.deploymentsUnknown);
  for (const { id } of ending(pass)) await closeRecord(pass, id);
  return "done";
}

/** All but the one that only shows what waits: it has nothing that could end. */
function ending({ memory }: Pass): readonly PullRecord[] {
  return memory.records.filter((record) => !isWaiting(memory, record));
}

/** Visible and tried again for ever. A failure to say so is none of the removal's. */
async function showTeardownFailed(pass: Pass, why: string): Promise<void> {
  const reason = reasonWords(WORDS.teardownFailed(why));
  for (const { id, state } of pass.memory.records)
    if (state === "closing" || state === "teardown_failed")
      await setState(pass, id, { state: "teardown_failed", reason }).catch(() => undefined);
}
