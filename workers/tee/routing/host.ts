/** What this isolate knows of one host: its routing table, its counters, and how far they have been reported. */
import { ulid } from "ulid";
import { ISOLATE_ID_MAX_IDLE_MS, type RoutingTable, TABLE_MAX_AGE_MS } from "../../../core/wire/sync.ts";
import { emptyTally, type Tally } from "./counters.ts";

/** Hosts remembered at once; behind a wildcard route anyone can invent more, and each would be a registry object. */
const MAX_HOSTS = 200;

/** Authorities (host and port) whose host name is remembered; beyond that it is read each time. */
const MAX_AUTHORITIES = 400;

/** A host without shadows that nobody asked for this long makes room for another. */
const UNUSED_HOST_MS = 10 * 60_000;

/** Deployments counted per host; closed ones that were reported make room. */
const MAX_TALLIES = 200;

export interface HostState {
  readonly host: string;
  /** Random; see `ISOLATE_ID_MAX_IDLE_MS`. */
  readonly isolateId: string;
  sequence: number;
  table: RoutingTable | undefined;
  /** Unix milliseconds; 0 before the first. */
  syncStartedAt: number;
  syncedAt: number;
  /** Until when a trailing sync of some request is expected to have run. */
  trailingUntil: number;
  unrouted: number;
  /** Counters changed since the last report was made, or that report was not confirmed. */
  unreported: boolean;
  readonly tallies: Map<string, Tally>;
}

const hosts = new Map<string, HostState>();

const hostNames = new Map<string, string>();

/** The registry object's name for a request: its host name in lower case, without port. Taken apart once for each authority. */
export function hostOf(url: string): string {
  const start = url.indexOf("://") + 3;
  const end = url.indexOf("/", start);
  const authority = end === -1 ? url.slice(start) : url.slice(start, end);
  const known = hostNames.get(authority);
  if (known !== undefined) return known;
  const name = new URL(url).hostname.toLowerCase();
  if (hostNames.size < MAX_AUTHORITIES) hostNames.set(authority, name);
  return name;
}

/** The state of a host; undefined when there are too many already, and then nothing is mirrored. */
export function hostState(host: string, now: number): HostState | undefined {
  const known = hosts.get(host);
  if (known !== undefined && !isForgotten(known, now)) return known;
  if (known === undefined && hosts.size >= MAX_HOSTS && !makeRoom(now)) return undefined;
  const state = newState(host);
  hosts.set(host, state);
  return state;
}

/** After a long pause the registry adds an isolate's counts up and forgets its id: they must not come a second time. */
function isForgotten({ syncStartedAt, syncedAt }: HostState, now: number): boolean {
  return syncStartedAt !== 0 && now - Math.max(syncStartedAt, syncedAt) > ISOLATE_ID_MAX_IDLE_MS;
}

/** Hosts that mirror stay: invented ones must not drive them out. */
function makeRoom(now: number): boolean {
  for (const [host, { table, syncStartedAt, unreported }] of hosts) {
    const isUnused = !unreported && now - syncStartedAt > UNUSED_HOST_MS;
    if (isUnused && (table === undefined || table.targets.length === 0)) return hosts.delete(host);
  }
  return false;
}

function newState(host: string): HostState {
  return {
    host,
    isolateId: ulid(),
    sequence: 0,
    table: undefined,
    syncStartedAt: 0,
    syncedAt: 0,
    trailingUntil: 0,
    unrouted: 0,
    unreported: false,
    tallies: new Map(),
  };
}

/** The table, as long as it counts. */
export function freshTable({ table }: HostState, now: number): RoutingTable | undefined {
  return table !== undefined && now - table.stampedAt < TABLE_MAX_AGE_MS ? table : undefined;
}

/** The counters of a deployment, made on first use; whoever asks is about to count. */
export function tallyOf(state: HostState, deploymentId: string): Tally {
  state.unreported = true;
  const known = state.tallies.get(deploymentId);
  if (known !== undefined) return known;
  const tally = emptyTally();
  state.tallies.set(deploymentId, tally);
  return tally;
}

/** Forgets the oldest deployments that are no longer routed, once their last counters have gone up. */
export function forgetClosed(state: HostState): void {
  if (state.tallies.size <= MAX_TALLIES) return;
  const routed = new Set(state.table?.targets.map((target) => target.deploymentId));
  for (const deploymentId of state.tallies.keys()) {
    if (state.tallies.size <= MAX_TALLIES) return;
    if (!routed.has(deploymentId)) state.tallies.delete(deploymentId);
  }
}
