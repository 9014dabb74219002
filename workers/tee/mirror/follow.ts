/**
 * What follows on a request: decided when production's headers are there, done in the background. When the isolate has no
 * table yet but its sync is under way, the answer is copied all the same and the decision waits, so that the first request
 * after a quiet time is not lost. The client waits for none of it.
 */
import type { NoAnswer } from "../../../core/pair/pair.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { type Side, see } from "../capture/answer.ts";
import { failureReason } from "../capture/failure.ts";
import { hold } from "../capture/memory.ts";
import { logError } from "../log.ts";
import type { Passage } from "../prod/passage.ts";
import { abandonCopies } from "../prod/rescue.ts";
import { freshTable } from "../routing/host.ts";
import { skipOfAnswer } from "../routing/skip.ts";
import { syncIsNear, tableSoon, trailingIsDue, trailingSync } from "../routing/sync.ts";
import { decide } from "./decide.ts";
import { drop, mirror } from "./mirror.ts";
import type { Visit } from "./visit.ts";

/** A body that is still coming after that is compared up to there. The client's stream goes on. */
const MAX_COPY_MS = 10_000;

interface Around {
  readonly visit: Visit;
  readonly env: TeeEnv;
  readonly ctx: ExecutionContext;
}

/** Production's answer is there: looks, counts, splits it where a copy is wanted, and leaves the rest to the background. */
export function setOut(passage: Passage, response: Response, around: Around): void {
  const { visit } = around;
  const headersAt = Date.now();
  prepare(passage, { visit, response, now: headersAt });
  const { targets, holding } = passage;
  if (targets?.length === 0 || (targets !== undefined && typeof holding !== "object")) return leave(passage, around);
  // The clone's body is read eagerly and up to a cap: left unread it would buffer what the client gets.
  if (typeof holding === "object") passage.received = response.clone();
  const timing = { startedAt: visit.arrivedAt, headersAt };
  const limits = typeof holding === "object" ? { maxMs: MAX_COPY_MS, holding } : undefined;
  const prod = passage.received && limits && see(passage.received, timing, limits);
  passage.followed = follow(passage, prod, around);
  around.ctx.waitUntil(passage.followed);
}

/** Production gave no answer: that is a side of a pair too. */
export function followFailure(error: unknown, passage: Passage, around: Around): void {
  const { visit, ctx } = around;
  const now = Date.now();
  prepare(passage, { visit, response: null, now });
  const failed: NoAnswer = { failed: failureReason(error), latencyMs: now - visit.arrivedAt };
  passage.followed = follow(passage, failed, around);
  ctx.waitUntil(passage.followed);
}

interface Looked {
  readonly visit: Visit;
  readonly response: Response | null;
  readonly now: number;
}

/** Looks and counts, without waiting for anything. `targets` stays undefined where the table may still come. */
function prepare(passage: Passage, { visit, response, now }: Looked): void {
  const table = freshTable(visit.state, now);
  if (table !== undefined) passage.targets = decide(visit, table, response);
  else if (!syncIsNear(visit.state, now)) passage.targets = unrouted(visit);
  const { targets } = passage;
  const wantsRoom = targets === undefined ? canBeCopied(visit, response) : targets.length > 0;
  if (wantsRoom) passage.holding ??= hold(now);
}

function canBeCopied({ request, body }: Visit, response: Response | null): boolean {
  return body === "none" && (response === null || skipOfAnswer(request, response) === undefined);
}

function unrouted({ state }: Visit): readonly RoutedTarget[] {
  state.unrouted += 1;
  state.unreported = true;
  return [];
}

/** Nothing is mirrored: gives back what was held, and sees to it that the counters go up. */
function leave(passage: Passage, { visit, env, ctx }: Around): void {
  const { targets = [], holding } = passage;
  if (typeof holding === "object") release(passage);
  else if (targets.length > 0) drop(visit, targets, holding ?? "internal");
  if (trailingIsDue(visit.state, Date.now())) ctx.waitUntil(trailingSync(visit.state, env.REGISTRY));
}

/** Production's side: being captured, failed, or undefined where there was no room for a copy. */
type Prod = Promise<Side> | NoAnswer | undefined;

/** Runs to the end whatever fails, and brings the counters up. */
async function follow(passage: Passage, prod: Prod, { visit, env }: Around): Promise<void> {
  try {
    passage.targets ??= await lateTargets(visit, passage.response ?? null);
    await mirrorAll(passage, prod, { visit, env });
  } catch (error) {
    drop(visit, passage.targets ?? [], "internal");
    logError("a request could not be followed", error);
  } finally {
    release(passage);
  }
  await trailingSync(visit.state, env.REGISTRY);
}

async function lateTargets(visit: Visit, response: Response | null): Promise<readonly RoutedTarget[]> {
  const table = await tableSoon(visit.state);
  return table === undefined ? unrouted(visit) : decide(visit, table, response);
}

async function mirrorAll(
  { targets = [], holding }: Passage,
  prod: Prod,
  { visit, env }: Pick<Around, "visit" | "env">,
): Promise<void> {
  if (targets.length === 0) return;
  if (typeof holding === "string") drop(visit, targets, holding);
  else if (holding === undefined || prod === undefined) drop(visit, targets, "internal");
  else await mirror({ visit, env, holding, prod: Promise.resolve(prod) }, targets);
}

/** After a fault on the client's way: what was begun is counted as lost and given back. */
export function abandon(passage: Passage, ctx: ExecutionContext): void {
  if (passage.followed !== undefined) return ctx.waitUntil(passage.followed);
  const { visit, targets = [] } = passage;
  release(passage);
  if (visit !== undefined) drop(visit, targets, "internal");
}

function release(passage: Passage): void {
  if (typeof passage.holding === "object") passage.holding.release();
  abandonCopies(passage);
}
