/**
 * The breaker of one shadow in this isolate. It opens at once when the shadow stops answering, and tells the registry with the
 * next sync; from the moment the registry knows, its table decides for all isolates alike, and sends one request as a trial.
 */
import { BREAKER_FAILED_SHARE, BREAKER_FAILURES_IN_A_ROW, BREAKER_LAST_REQUESTS } from "../../../core/wire/sync.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";

const FAILURES_IN_WINDOW = BREAKER_FAILED_SHARE * BREAKER_LAST_REQUESTS;

/** What this isolate has seen of a shadow since its breaker last closed. */
export interface Health {
  inARow: number;
  /** The last results as bits, the latest lowest; 1 is a failure. */
  window: number;
  known: number;
  /** Unix milliseconds; results of requests that started before do not count any more. */
  openedAt: number;
  /** Opened here, and the registry has not confirmed it yet. */
  isOpen: boolean;
  /** Unix milliseconds of the last request that went as a trial. */
  triedAt: number;
}

export function healthy(): Health {
  return { inARow: 0, window: 0, known: 0, openedAt: 0, isOpen: false, triedAt: 0 };
}

/** Takes one result in. `now` and `startedAt` in Unix milliseconds. */
export function recordResult(health: Health, failed: boolean, { startedAt, now }: { startedAt: number; now: number }) {
  if (health.isOpen || startedAt < health.openedAt) return;
  health.inARow = failed ? health.inARow + 1 : 0;
  health.window = ((health.window << 1) | (failed ? 1 : 0)) & (2 ** BREAKER_LAST_REQUESTS - 1);
  health.known = Math.min(BREAKER_LAST_REQUESTS, health.known + 1);
  const halfFailed = health.known === BREAKER_LAST_REQUESTS && ones(health.window) >= FAILURES_IN_WINDOW;
  if (health.inARow >= BREAKER_FAILURES_IN_A_ROW || halfFailed)
    Object.assign(health, healthy(), { openedAt: now, isOpen: true });
}

/** The registry knows: from now on its table says when the shadow is asked again. */
export function handOver(health: Health): void {
  health.isOpen = false;
}

/** A trial is one request until its result must be known: its time limit, and a little. */
const TRIAL_MS = 6_000;

/** Whether a request may go to this shadow now. */
export function mayAsk(target: RoutedTarget, health: Health, now: number): boolean {
  if (health.isOpen || target.breaker === "open") return false;
  return target.breaker === "closed" || now - health.triedAt >= TRIAL_MS;
}

/** To be called with each request that goes. */
export function takeTrial(target: RoutedTarget, health: Health, now: number): void {
  if (target.breaker === "trial") health.triedAt = now;
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
