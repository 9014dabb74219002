/**
 * Sends what waits. A message is claimed before it is sent, so that two that run at the same time do not both send it; if its sender
 * dies, somebody else tries after the claim: at least once, and PagerDuty's keys make that once.
 */
import type { Env } from "../settings.ts";
import { claimMessages, type MessageRow, type Outcome, writeOutcomes } from "../store/alerts.ts";
import type { Database } from "../store/database.ts";
import { type Sent, send } from "./send.ts";

export interface AlertContext {
  readonly db: Database;
  readonly env: Env;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Messages at a time, each of another topic. A Worker holds 6 connections open; the others wait (developers.cloudflare.com/workers/platform/limits). */
const AT_ONCE = 12;
/** Passes of one call: what is left waits for the next run or the next hour. */
const PASSES = 10;
const CLAIM_MS = 60_000;
const RETRY_AFTER_MS = 10 * 60_000;
/** A day of hours; then nobody is helped by it any more. */
const ATTEMPTS_MOST = 24;

export async function deliverMessages({ db, env, now }: AlertContext): Promise<void> {
  for (let pass = 0; pass < PASSES; pass += 1) {
    const claimed = await claimMessages(db, { now, until: now + CLAIM_MS, most: AT_ONCE });
    if (claimed.length === 0) return;
    const outcomes = claimed.map(async (message) => outcomeOf(message, await send(message, env), now));
    await writeOutcomes(db, await Promise.all(outcomes));
  }
}

function outcomeOf({ ordinal, name, channel, attempts }: MessageRow, sent: Sent, now: number): Outcome {
  if (sent.ok) return { ordinal, state: "sent", nextAt: now, error: null };
  const isOver = !sent.again || attempts >= ATTEMPTS_MOST;
  const event = isOver ? "alert-given-up" : "alert-not-sent";
  console.error(JSON.stringify({ event, channel, name, attempts, error: sent.error }));
  return { ordinal, state: isOver ? "given-up" : "waiting", nextAt: now + RETRY_AFTER_MS, error: sent.error };
}
