/**
 * Sync with the host's registry: counters up, table down. At most one call per isolate and host in 5 seconds, always in the
 * background and bounded in time: a dead registry ends mirroring, nothing else. No request waits for another one's call
 * (the runtime forbids it); they look at what the isolate knows.
 */
import { type RegistryCalls, type RoutingTable, SYNC_INTERVAL_MS, type SyncReport } from "../../../core/wire/sync.ts";
import { snapshot } from "./counters.ts";
import { forgetClosed, freshTable, type HostState } from "./host.ts";

/** Beyond that a call to the registry is given up. */
const SYNC_TIMEOUT_MS = 3_000;

/** How long the copy of an answer waits, in the background, for a sync that is under way; and how often it looks. */
const TABLE_WAIT_MS = 1_000;
const TABLE_POLL_MS = 10;

/** Whether enough time has passed since the last sync of this isolate and host. */
export function syncIsDue(state: HostState, now: number): boolean {
  return now - state.syncStartedAt >= SYNC_INTERVAL_MS;
}

/** Whether a sync is under way that may still bring a table for a request which met none. */
export function syncIsNear(state: HostState, now: number): boolean {
  return now - state.syncStartedAt < TABLE_WAIT_MS;
}

/** One sync. Never throws: without an answer the old table runs out by itself. */
export async function sync(state: HostState, registries: DurableObjectNamespace): Promise<void> {
  state.syncStartedAt = Date.now();
  const report = reportOf(state);
  try {
    const table = await callRegistry(state.host, report, registries);
    if (state.table === undefined || table.stampedAt >= state.table.stampedAt) state.table = table;
    state.syncedAt = Date.now();
    forgetClosed(state);
  } catch {
    state.unreported = true;
  }
}

function reportOf(state: HostState): SyncReport {
  state.sequence += 1;
  state.unreported = false;
  const deployments = Object.fromEntries([...state.tallies].map(([id, tally]) => [id, snapshot(tally)]));
  const { isolateId, sequence, unrouted } = state;
  return { isolateId, sequence, unrouted, deployments, equalRoutes: {}, open: [] };
}

async function callRegistry(
  host: string,
  report: SyncReport,
  registries: DurableObjectNamespace,
): Promise<RoutingTable> {
  // The class lives in another Worker, so its type does not come with the binding; it implements RegistryCalls.
  const registry = registries.getByName(host) as unknown as RegistryCalls;
  const tooLate = scheduler.wait(SYNC_TIMEOUT_MS).then(() => Promise.reject(new Error("the registry did not answer")));
  return Promise.race([registry.sync(report), tooLate]);
}

/** The table, if it arrives while the sync that is under way can be hoped for. Background only. */
export async function tableSoon(state: HostState): Promise<RoutingTable | undefined> {
  let table = freshTable(state, Date.now());
  while (table === undefined && syncIsNear(state, Date.now())) {
    await scheduler.wait(TABLE_POLL_MS);
    table = freshTable(state, Date.now());
  }
  return table;
}

/** Brings the last counters up within about 5 seconds: one pending sync per isolate and host, whoever came first. */
export async function trailingSync(state: HostState, registries: DurableObjectNamespace): Promise<void> {
  const now = Date.now();
  if (!state.unreported || now < state.trailingUntil) return;
  const due = Math.max(now, state.syncStartedAt + SYNC_INTERVAL_MS);
  // A little longer than the pause, so that a request whose context ended early does not block the next one for long.
  state.trailingUntil = due + SYNC_TIMEOUT_MS;
  await scheduler.wait(due - now);
  state.trailingUntil = 0;
  if (state.unreported) await sync(state, registries);
}
