/**
 * Whether every request of a deployment ended in a state, once everything is whole again. `sampled` is the client's own count: what
 * it sent, and of that what sampling had to take.
 */
import { randomUUID } from "node:crypto";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { TABLE_MAX_AGE_MS } from "../../core/wire/sync.ts";
import { pause } from "../servers/wait-for.ts";
import { exchange } from "./client/exchange.ts";
import { type Row, row } from "./promise.ts";
import type { Rig } from "./rig/rig.ts";

export interface Account {
  readonly cell: string;
  readonly deploymentId: string;
  readonly host: string;
  /** What the client sent, and what of it had to be sampled where all of it met a table. */
  readonly sent: number;
  readonly sampled: number;
  /** Some of what was sent on can never be stored, and is shown as in flight until it counts as lost. */
  readonly mayStayInFlight: boolean;
}

/** How long the states may take to be complete: retries of the queue, dead letters, the model's time limit. */
const SETTLE_MS = 90_000;
const POLL_MS = 2_500;

/** Call it when all is mended and every deployment closed. */
export async function settled(accounts: readonly Account[], rig: Rig): Promise<readonly Row[]> {
  // Until the tee's tables are without the closed deployments: what is sent from now on counts for none of them.
  await pause(TABLE_MAX_AGE_MS + 1_000);
  const deadline = Date.now() + SETTLE_MS;
  const rows = new Map<Account, Row>();
  while (rows.size < accounts.length) {
    for (const account of accounts) {
      if (rows.has(account)) continue;
      // A quiet host brings its last counters up with its next request.
      await exchange(nudge(), { port: rig.ports.tee, host: account.host, id: randomUUID() });
      const ledger = await rig.far.ledger(account.deploymentId);
      if (isExact(ledger, account) || Date.now() > deadline) rows.set(account, rowOf(ledger, account));
    }
    if (rows.size < accounts.length) await pause(POLL_MS);
  }
  return accounts.flatMap((account) => rows.get(account) ?? []);
}

function nudge() {
  return { label: "nudge", method: "GET", path: "/b/1?n=0", client: "nudge" } as const;
}

function isExact(ledger: Ledger, { sampled, sent, mayStayInFlight }: Account): boolean {
  if (ledger.unexplained !== 0 || (ledger.inFlight !== 0 && !mayStayInFlight)) return false;
  if (ledger.unrouted === 0) return ledger.sampled === sampled && ledger.seen === sent;
  return ledger.seen + ledger.unrouted >= sent && ledger.sampled <= sampled;
}

function rowOf(ledger: Ledger, account: Account): Row {
  const { compared, shadowFailed, unrouted } = ledger;
  const isKept = isExact(ledger, account);
  const off = ledger.unexplained === 0 && ledger.inFlight === 0 && ledger.unrouted === 0;
  const measured = `${ledger.unexplained} of ${ledger.sampled} (client: ${account.sampled}${off ? "" : `; ${unrouted} unrouted`})`;
  return row(account.cell, {
    promise: "sampled requests that are not in the ledger",
    goal: "0",
    measured,
    isKept,
    seen: isKept ? [] : [`compared ${compared}, shadow-failed ${shadowFailed}, ledger ${JSON.stringify(ledger)}`],
  });
}
