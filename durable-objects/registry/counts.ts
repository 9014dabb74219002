/** Counters of a deployment as flat names and numbers, which is how the registry stores and adds them. Pure. */
import { type DeploymentCounters, DROP_REASONS, SKIP_REASONS } from "../../core/wire/sync.ts";

/** `seen`, `sampled`, `sent`, `equal`, `answered`, `failed`, `skipped:<reason>`, `dropped:<reason>`. */
export type Counts = Readonly<Record<string, number>>;

/** The one counter that belongs to the host and to no deployment. */
export const UNROUTED = "unrouted";

/** Sampled requests that an isolate had in hand when it fell silent. The registry's own word, no isolate's. */
export const LOST_WITH_ISOLATE = "lost:isolate";

/** Sampled requests without an end yet: in hand, or lost with the isolate. */
export function inHand(counts: Counts): number {
  let rest = counts["sampled"] ?? 0;
  for (const [counter, value] of Object.entries(counts)) if (isEnd(counter)) rest -= value;
  return rest;
}

function isEnd(counter: string): boolean {
  return counter === "sent" || counter === "equal" || counter.startsWith("skipped:") || counter.startsWith("dropped:");
}

export function toCounts(counters: DeploymentCounters): Counts {
  return {
    seen: counters.seen,
    sampled: counters.sampled,
    sent: counters.sent,
    equal: counters.equal,
    answered: counters.answered,
    failed: counters.failed,
    ...prefixed("skipped", counters.skipped),
    ...prefixed("dropped", counters.dropped),
  };
}

export function fromCounts(counts: Counts): DeploymentCounters {
  return {
    seen: counts["seen"] ?? 0,
    sampled: counts["sampled"] ?? 0,
    sent: counts["sent"] ?? 0,
    equal: counts["equal"] ?? 0,
    answered: counts["answered"] ?? 0,
    failed: counts["failed"] ?? 0,
    skipped: picked(counts, "skipped", SKIP_REASONS),
    dropped: picked(counts, "dropped", DROP_REASONS),
  };
}

function prefixed(prefix: string, counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).map(([reason, count]) => [`${prefix}:${reason}`, count]));
}

function picked<R extends string>(counts: Counts, prefix: string, reasons: readonly R[]): Partial<Record<R, number>> {
  const found: Partial<Record<R, number>> = {};
  for (const reason of reasons) {
    const count = counts[`${prefix}:${reason}`];
    if (count !== undefined) found[reason] = count;
  }
  return found;
}
