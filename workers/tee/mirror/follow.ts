/**
 * What follows on a request: decided when production's headers are there, done in the background. When the isolate has no
 * table yet but its sync is under way, the answer is copied all the same and the decision waits, so that the first request
 * after a quiet time is not lost. The client waits for none of it.
 */
import type { DropReason } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import type { Side } from "../capture/answer.ts";
import { type Holding, hold } from "../capture/memory.ts";
import { logError } from "../log.ts";
import { freshTable } from "../routing/host.ts";
import { skipOfAnswer } from "../routing/skip.ts";
import { syncIsNear, tableSoon, trailingSync } from "../routing/sync.ts";
import { decide } from "./decide.ts";
import { drop, mirror } from "./mirror.ts";
import type { Visit } from "./visit.ts";

export interface Prepared {
  /** Undefined: not decided yet, the table may still come. */
  readonly targets: readonly RoutedTarget[] | undefined;
  /** Room for the copies, or the limit that has none left; undefined where nothing has to be copied. */
  readonly holding: Holding | DropReason | undefined;
}

export interface Following {
  readonly visit: Visit;
  readonly env: TeeEnv;
  /** Null where production could not be reached. */
  readonly response: Response | null;
  readonly prepared: Prepared;
  /** Production's side, being captured; undefined where nothing was copied. */
  readonly observed: Promise<Side> | undefined;
}

/** Looks and counts, without waiting for anything. */
export function prepare(visit: Visit, response: Response | null): Prepared {
  const now = Date.now();
  const table = freshTable(visit.state, now);
  if (table !== undefined) {
    const targets = decide(visit, table, response);
    return { targets, holding: targets.length === 0 ? visit.holding : roomFor(visit) };
  }
  if (!syncIsNear(visit.state, now)) return { targets: unrouted(visit), holding: visit.holding };
  return { targets: undefined, holding: canBeCopied(visit, response) ? roomFor(visit) : visit.holding };
}

function roomFor(visit: Visit): Holding | DropReason {
  return visit.holding ?? hold();
}

function canBeCopied({ request, body }: Visit, response: Response | null): boolean {
  return body === "none" && (response === null || skipOfAnswer(request, response) === undefined);
}

function unrouted({ state }: Visit): readonly RoutedTarget[] {
  state.unrouted += 1;
  state.unreported = true;
  return [];
}

/** Runs to the end whatever fails, and brings the counters up. */
export async function follow(following: Following): Promise<void> {
  const { visit, env, prepared } = following;
  try {
    await mirrorAll(following, prepared.targets ?? (await lateTargets(following)));
  } catch (error) {
    logError("a request could not be followed", error);
  } finally {
    if (typeof prepared.holding === "object") prepared.holding.release();
  }
  await trailingSync(visit.state, env.REGISTRY);
}

async function lateTargets({ visit, response }: Following): Promise<readonly RoutedTarget[]> {
  const table = await tableSoon(visit.state);
  return table === undefined ? unrouted(visit) : decide(visit, table, response);
}

async function mirrorAll(
  { visit, env, prepared, observed }: Following,
  targets: readonly RoutedTarget[],
): Promise<void> {
  const { holding } = prepared;
  if (targets.length === 0) return;
  if (typeof holding === "string") drop(visit, targets, holding);
  else if (holding === undefined || observed === undefined) drop(visit, targets, "internal");
  else await mirror({ visit, env, holding, prod: observed }, targets);
}
