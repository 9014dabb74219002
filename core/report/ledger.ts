/**
 * The ledger of a deployment: what the tees counted and what was stored, brought together so that
 * sampled = compared + shadow-failed + skipped + dropped + lost + in flight.
 */
import type { Ledger } from "../wire/api/ledger.ts";
import { ISOLATE_LOST_AFTER_MS } from "../wire/sync.ts";

/** A sent pair that is not stored an hour after the last one was sent is lost: the queue has given up by then. */
export const QUEUE_LOST_AFTER_MS = 3_600_000;

/**
 * So long after the last sample no request can be with a tee: its isolate would have answered for it, or been found silent and
 * its rest written down as lost. The two minutes are the registry's, which may try to write for one.
 */
const IN_HAND_AFTER_MS = ISOLATE_LOST_AFTER_MS + 120_000;

/**
 * Pairs that came by HTTP and not from a tee are counted where they are stored, under a host of no name: each of them was seen,
 * sampled and stored in one step.
 */
export const POSTED_HOST = "";
export const POSTED_COUNTER = "posted";

/** A line of the table `tee_counters`: `skipped:method`, `sampled`, `lost:isolate`, … */
export interface TeeCounter {
  readonly host: string;
  readonly counter: string;
  readonly value: number;
  /** Unix milliseconds of its last change. */
  readonly updatedAt: number;
}

/** Stored pairs of a deployment. */
export interface StoredCounts {
  readonly pairs: number;
  /** Of those, the ones whose shadow gave no answer, and why. */
  readonly shadowFailed: number;
  readonly shadowFailedReasons: Readonly<Record<string, number>>;
}

export interface LedgerSources {
  /** The deployment's counters of every host. */
  readonly counters: readonly TeeCounter[];
  readonly hosts: Ledger["hosts"];
  readonly stored: StoredCounts;
  /** A registry could not say what its tees told it last. */
  readonly stale: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}

export function ledgerOf(sources: LedgerSources): Ledger {
  const { counters, hosts, stored, stale } = sources;
  const total = (name: string) => sum(counters.filter(({ counter }) => counter === name).map(({ value }) => value));
  const skipped = reasonsOf(counters, "skipped:");
  const refused = reasonsOf(counters, "dropped:");
  const [sent, equal] = [total("sent"), total("equal")];
  const ended = sent + equal + sum(Object.values(skipped)) + sum(Object.values(refused));
  const posted = total(POSTED_COUNTER);
  const fromTees = stored.pairs - posted;
  const apart = split({ rest: total("sampled") - ended, silent: total("lost:isolate"), ahead: fromTees - sent });
  const { dropped, rest } = arrivedAfterAll(refused, apart);
  const waiting = Math.max(0, sent - fromTees);
  const queueLost = waiting > 0 && ageOf(sources, "sent") > QUEUE_LOST_AFTER_MS;
  const stuck = rest.tee < 0 || (!stale && rest.tee > 0 && ageOf(sources, "sampled") > IN_HAND_AFTER_MS);
  const inFlightAt = { tee: stuck ? 0 : rest.tee, queue: queueLost ? 0 : waiting };
  return {
    seen: total("seen") + posted + rest.unreported,
    sampled: total("sampled") + posted + rest.unreported,
    compared: stored.pairs - stored.shadowFailed + equal,
    equalWithoutRow: equal,
    shadowFailed: stored.shadowFailed,
    shadowFailedReasons: { ...stored.shadowFailedReasons },
    skipped,
    dropped,
    lost: { isolate: rest.lost, queue: queueLost ? waiting : 0 },
    inFlight: inFlightAt.tee + inFlightAt.queue,
    inFlightAt,
    unreported: rest.unreported,
    unrouted: sum(hosts.map((host) => host.unrouted)),
    hosts,
    stale,
    unexplained: stuck ? rest.tee : 0,
  };
}

/**
 * A queue that took a pair and whose answer was lost, or came too late, has refused it for all the tee can know. The stored pair
 * knows better: it is compared and not dropped.
 */
function arrivedAfterAll(refused: Readonly<Record<string, number>>, apart: ReturnType<typeof split>) {
  const { queue = 0, ...others } = refused;
  const arrived = Math.min(queue, apart.unreported);
  const dropped: Record<string, number> = queue > arrived ? { ...others, queue: queue - arrived } : others;
  return { dropped, rest: { ...apart, unreported: apart.unreported - arrived } };
}

interface Rest {
  /** Sampled requests that no tee has spoken of again. */
  readonly rest: number;
  /** Of those, the ones in isolates that fell silent. */
  readonly silent: number;
  /** By how many the stored pairs are ahead of what the tees say they sent. */
  readonly ahead: number;
}

/**
 * A tee reports every few seconds, and an isolate may be gone before it does: pairs are stored that nobody has reported as
 * sent. They are among the rest, in silent isolates first, which will not speak any more. Those beyond the rest were not even
 * reported as sampled; a stored pair proves that they were.
 */
function split({ rest, silent, ahead }: Rest): {
  readonly lost: number;
  readonly tee: number;
  readonly unreported: number;
} {
  const extra = Math.max(0, ahead);
  const found = Math.min(extra, silent);
  const inHand = rest - silent;
  const inTime = Math.min(extra - found, Math.max(0, inHand));
  return { lost: silent - found, tee: inHand - inTime, unreported: extra - found - inTime };
}

/** Milliseconds since a counter last grew on any host. */
function ageOf({ counters, now }: LedgerSources, name: string): number {
  return now - Math.max(...counters.filter(({ counter }) => counter === name).map(({ updatedAt }) => updatedAt));
}

function reasonsOf(counters: readonly TeeCounter[], prefix: string): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { counter, value } of counters) {
    if (!counter.startsWith(prefix)) continue;
    const reason = counter.slice(prefix.length);
    all[reason] = (all[reason] ?? 0) + value;
  }
  return all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
