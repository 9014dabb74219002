/** Waits until the ledger explains every request that was sent, or says what is missing. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { type ReportApi, readLedger } from "./report-api.ts";

const POLL_MS = 500;
/** The ledger may stand still for so long: counters travel every 5 s, a queue batch waits a second, retries some more. */
const STANDSTILL_LIMIT_MS = 45_000;

export interface Accounting {
  readonly complete: boolean;
  readonly ledger: Ledger;
  /** What is missing, in words; empty when complete. */
  readonly missing: readonly string[];
}

export interface Asked {
  readonly api: ReportApi;
  readonly id: string;
  readonly sent: number;
  readonly signal: AbortSignal;
  readonly progress: (ledger: Ledger) => void;
}

export async function accountForAll({ api, id, sent, signal, progress }: Asked): Promise<Accounting> {
  let last = "";
  let changedAt = Date.now();
  for (;;) {
    signal.throwIfAborted();
    const ledger = await readLedger(api, id);
    const missing = missingOf(ledger, sent);
    progress(ledger);
    if (missing.length === 0) return { complete: true, ledger, missing };
    const now = JSON.stringify(ledger);
    if (now !== last) changedAt = Date.now();
    if (Date.now() - changedAt > STANDSTILL_LIMIT_MS) return { complete: false, ledger, missing };
    last = now;
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** Why the ledger does not yet explain `sent` requests; empty when it does. */
export function missingOf(ledger: Ledger, sent: number): readonly string[] {
  const noticed = ledger.seen + ledger.unrouted;
  return [
    ...(noticed < sent ? [`${sent - noticed} of ${sent} requests were not counted by the tee`] : []),
    ...(noticed > sent ? [`the tee counted ${noticed} requests and ${sent} were sent`] : []),
    ...(ledger.inFlightAt.tee > 0 ? [`${ledger.inFlightAt.tee} requests are still with the tee`] : []),
    ...(ledger.inFlightAt.queue > 0 ? [`${ledger.inFlightAt.queue} pairs are on the queue and not stored`] : []),
    ...(sumOf(ledger.lost) > 0 ? [`${sumOf(ledger.lost)} sampled requests were lost`] : []),
    ...(ledger.stale ? ["the registry does not answer, so the counts are of before"] : []),
    ...(ledger.unexplained === 0 ? [] : [`${ledger.unexplained} sampled requests are in no state`]),
  ];
}

/** Number of requests in all of a ledger's reasons. */
export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}
