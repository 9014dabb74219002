/** Counters of one deployment in this isolate. They only grow, so a lost or repeated report does no harm. */
import type { DeploymentCounters, DropReason, SkipReason } from "../../../core/wire/sync.ts";

/** The same shape as goes up, but counted in place: it is the isolate's own memory. */
export interface Tally {
  seen: number;
  sampled: number;
  sent: number;
  equal: number;
  answered: number;
  failed: number;
  readonly skipped: Partial<Record<SkipReason, number>>;
  readonly dropped: Partial<Record<DropReason, number>>;
}

export function emptyTally(): Tally {
  return { seen: 0, sampled: 0, sent: 0, equal: 0, answered: 0, failed: 0, skipped: {}, dropped: {} };
}

/** Adds one to a reason's count. */
export function addOne<R extends string>(counts: Partial<Record<R, number>>, reason: R): void {
  Object.assign(counts, { [reason]: (counts[reason] ?? 0) + 1 });
}

/** A copy to send: the tally goes on counting meanwhile. */
export function snapshot(tally: Tally): DeploymentCounters {
  return { ...tally, skipped: { ...tally.skipped }, dropped: { ...tally.dropped } };
}
