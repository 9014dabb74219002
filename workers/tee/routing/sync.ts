/**
 * Sync with the host's registry: counters up, table down. At most one call per isolate and host in 5 seconds, always in the
 * background and bounded in time: a dead registry ends mirroring, nothing else. No request waits for another one's call
 * (the runtime forbids it); they look at what the isolate knows.
 */
import { type RegistryCalls, type RoutingTable, SYNC_INTERVAL_MS, type SyncReport } from "../../../core/wire/sync.ts";
import { forgetClosed, freshTable, type HostState } from "./host.ts";
import { confirm, reportOf } from "./report.ts";

/** Beyond that a call to the registry is given up. Shorter than the interval, so that two calls never overlap. */
const SYNC_TIMEOUT_MS = 3_000;

/** How long the copy of an answer waits, in the background, for a sync that is under way; and how often it looks. */
const TABLE_WAIT_MS = 1_000;
const TABLE_POLL_MS = 10;

/** How long a trailing sync waits for its turn in all: what runs in the background ends 30 s after the answer at the latest. */
const MAX_TRAILING_MS = 6_000;

/** Whether enough time has passed since the last sync of this isolate and host. */
export function syncIsDue(state: HostState, now: number): boolean {
  return now - state.syncStartedAt >= SYNC_INTERVAL_MS;
}

/** Whether a sync is under way that may still bring a table for a request which met none. */
export function syncIsNear(state: HostState, now: number): boolean {
  return now - state.syncStartedAt < TABLE_WAIT_MS;
}

/** One sync. Never throws: without an answer the old table runs out by itself, and the counters go up again. */
export async function sync(state: HostState, registries: DurableObjectNamespace): Promise<void> {
  state.syncStartedAt = Date.now();
  try {
    const report = reportOf(state);
    state.unreported = false;
    const table = await callRegistry(state.host, report, registries);
    if (state.table === undefined || table.stampedAt >= state.table.stampedAt) state.table = table;
    state.syncedAt = Date.now();
    confirm(state, report);
    forgetClosed(state);
  } catch {
    state.unreported = true;
  }
}

async function callRegistry(
  host: string,
  report: SyncReport,
  registries: DurableObjectNamespace,
): Promise<RoutingTable> {
  // The class lives in another Worker, so its type does not come with the binding; it implements RegistryCalls.
  const registry = registries.getByName(host) as unknown as RegistryCalls;
  let timer: number | null = null;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the registry did not answer")), SYNC_TIMEOUT_MS);
  });
  try {
    return await Promise.race([registry.sync(report), tooLate]);
  } finally {
    clearTimeout(timer);
  }
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

/**
 * Brings the last counters up within about 5 seconds: one pending sync per isolate and host, whoever came first. Where another
 * request's sync came before, what was counted since waits for the next turn, or for the next request.
 */
export async function trailingSync(state: HostState, registries: DurableObjectNamespace): Promise<void> {
  const giveUpAt = Date.now() + MAX_TRAILING_MS;
  while (trailingIsDue(state, Date.now()) && dueAt(state) <= giveUpAt) {
    await untilDue(state);
    if (hasUnreported(state) && syncIsDue(state, Date.now())) return sync(state, registries);
  }
}

/** Whether there is something to bring up that no pending trailing sync will. */
export function trailingIsDue(state: HostState, now: number): boolean {
  return now >= state.trailingUntil && hasUnreported(state);
}

/** A sync whose request was cut off half-way never said how it ended. */
function hasUnreported(state: HostState): boolean {
  return state.unreported || state.syncedAt < state.syncStartedAt;
}

function dueAt({ syncStartedAt }: HostState): number {
  return syncStartedAt + SYNC_INTERVAL_MS;
}

async function untilDue(state: HostState): Promise<void> {
  const now = Date.now();
  const due = Math.max(now, dueAt(state));
  // A little longer than the pause, so that a request whose context ended early does not block the next one for long.
  state.trailingUntil = due + SYNC_TIMEOUT_MS;
  await scheduler.wait(due - now);
  state.trailingUntil = 0;
}
