/** Counters of one deployment in this isolate. They only grow, so a lost or repeated report does no harm. */
import type { DeploymentCounters, DropReason, SkipReason } from "../../../core/wire/sync.ts";
import { type Pace, startPace } from "./allowance.ts";
import { type Health, healthy } from "./breaker.ts";
import { type EqualTally, emptyEqual } from "./equal.ts";

/** What goes up, counted in place, and what this isolate knows besides of a deployment. */
export interface Tally {
  seen: number;
  sampled: number;
  sent: number;
  equal: number;
  answered: number;
  failed: number;
  readonly skipped: Partial<Record<SkipReason, number>>;
  readonly dropped: Partial<Record<DropReason, number>>;
  readonly equalRoutes: EqualTally;
  readonly health: Health;
  readonly pace: Pace;
  /** When it last had a place among a request's targets, as a running number; targets take turns by it. */
  servedAt: number;
}

export function emptyTally(): Tally {
  const counts = { seen: 0, sampled: 0, sent: 0, equal: 0, answered: 0, failed: 0, skipped: {}, dropped: {} };
  return { ...counts, equalRoutes: emptyEqual(), health: healthy(), pace: startPace(), servedAt: 0 };
}

/** Adds one to a reason's count. */
export function addOne<R extends string>(counts: Partial<Record<R, number>>, reason: R): void {
  counts[reason] = (counts[reason] ?? 0) + 1;
}

/** A copy to send: the tally goes on counting meanwhile. */
export function snapshot({
  seen,
  sampled,
  sent,
  equal,
  answered,
  failed,
  skipped,
  dropped,
}: Tally): DeploymentCounters {
  return { seen, sampled, sent, equal, answered, failed, skipped: { ...skipped }, dropped: { ...dropped } };
}

/** How a sampled request ends for one deployment. */
export type End =
  | { readonly end: "sent" | "equal" }
  | { readonly end: "skipped"; readonly reason: SkipReason }
  | { readonly end: "dropped"; readonly reason: DropReason };

/** Counts the one end of a sampled request. */
export function countEnd(tally: Tally, ended: End): void {
  if (ended.end === "skipped") addOne(tally.skipped, ended.reason);
  else if (ended.end === "dropped") addOne(tally.dropped, ended.reason);
  else tally[ended.end] += 1;
}
