/** The ledger of a deployment: what the tees counted and what was stored, brought together. */
import type { Ledger } from "../wire/api/ledger.ts";
import type { HostCounters } from "../wire/sync.ts";

/** Stored pairs of a deployment. */
export interface StoredCounts {
  readonly pairs: number;
  /** Of those, the ones whose shadow gave no answer. */
  readonly shadowFailed: number;
}

/**
 * Adds up the counters of all hosts. A tee reports every few seconds, so pairs can be stored before their tee has
 * spoken of them: those are `unreported` and count as seen and sampled already, because a stored pair proves both.
 */
export function ledgerOf(hosts: readonly HostCounters[], stored: StoredCounts): Ledger {
  const sent = sum(hosts, (host) => host.sent);
  const unreported = Math.max(0, stored.pairs - sent);
  const inFlight = Math.max(0, sent - stored.pairs);
  const skipped = addUp(hosts.map((host) => host.skipped));
  const dropped = addUp(hosts.map((host) => host.dropped));
  const sampled = sum(hosts, (host) => host.sampled) + unreported;
  return {
    seen: sum(hosts, (host) => host.seen) + unreported,
    sampled,
    compared: stored.pairs - stored.shadowFailed,
    shadowFailed: stored.shadowFailed,
    skipped,
    dropped,
    inFlight,
    unreported,
    unrouted: sum(hosts, (host) => host.unrouted),
    unexplained: sampled - stored.pairs - total(skipped) - total(dropped) - inFlight,
  };
}

function sum(hosts: readonly HostCounters[], of: (host: HostCounters) => number): number {
  return hosts.reduce((so, host) => so + of(host), 0);
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const [reason, count] of counts.flatMap((one) => Object.entries(one))) all[reason] = (all[reason] ?? 0) + count;
  return all;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}
