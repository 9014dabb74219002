/**
 * What a tee isolate and the registry object of its host say to each other: counters that only grow go up, the routing
 * table comes down. At most one call per isolate per 5 seconds. No schema library: both ends are ours, in one deployment.
 */

/** The shortest time between two syncs of an isolate with one host's registry. */
export const SYNC_INTERVAL_MS = 5_000;

/** How long a table counts from its stamp. A tee without a younger one does not mirror. */
export const TABLE_MAX_AGE_MS = 9_000;

/** How long a route lives without being renewed, and how often it is renewed. */
export const LEASE_MS = 60_000;
export const LEASE_RENEWAL_MS = 20_000;

/** After that long without a sync an isolate reports under a new id: the registry adds silent ones up and forgets their ids. */
export const ISOLATE_ID_MAX_IDLE_MS = 12 * 3_600_000;

/** Why a sampled request was not compared, on purpose. */
export const SKIP_REASONS = [
  "credentials",
  "method",
  "stream",
  "upgrade",
  "not-modified",
  "partial",
  "cached",
  "body-size",
  "fan-out",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why a sampled request was lost to a limit or a fault of ours. */
export const DROP_REASONS = ["in-flight", "memory", "queue", "internal"] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Counters of one deployment in one isolate since the isolate started. They only grow. */
export interface DeploymentCounters {
  /** Requests that met this deployment in the table. */
  readonly seen: number;
  /** Of those, the ones chosen by sampling. */
  readonly sampled: number;
  /** Of those, the ones handed to the queue; their end state is known from the stored pair. */
  readonly sent: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

export interface SyncReport {
  /** Random per isolate and host; renewed after a long pause. */
  readonly isolateId: string;
  /** Grows by one with each report of this isolate; the registry keeps the latest. */
  readonly sequence: number;
  /** Requests to this host that met no table, since the isolate started. */
  readonly unrouted: number;
  readonly deployments: Readonly<Record<string, DeploymentCounters>>;
}

/** One shadow that a host mirrors to. */
export interface MirrorTarget {
  readonly deploymentId: string;
  readonly repoId: number;
  /** Scheme, host and port of the shadow, built from our own suffix by the side that registers it. */
  readonly shadowOrigin: string;
  /** Share of requests to mirror, 0 to 1. */
  readonly rate: number;
  /** Methods that are mirrored, upper case. */
  readonly methods: readonly string[];
  /** Share of the samples for which production is asked a second time, 0 to 1; safe methods only. */
  readonly controlShare: number;
  /** Headers put in place of the user's credentials, by lower-case name. Empty: requests with credentials are skipped. */
  readonly credentials: Readonly<Record<string, string>>;
}

export interface RoutingTable {
  /** Unix time in milliseconds at the registry. */
  readonly stampedAt: number;
  /** Nothing is mirrored on this host while it is on. */
  readonly killSwitch: boolean;
  readonly targets: readonly MirrorTarget[];
}

/** All isolates' counters of one deployment on one host, added up. */
export interface HostCounters extends DeploymentCounters {
  /** Requests to this host that met no table; not tied to a deployment. */
  readonly unrouted: number;
}

/** The calls the registry object answers (durable-objects/registry). One object per host, named by the host. */
export interface RegistryCalls {
  /** From the tee: stores the counters, returns the table. */
  sync(report: SyncReport): Promise<RoutingTable>;
  /** From the report Worker: sets or renews one target until `now + LEASE_MS`. */
  lease(target: MirrorTarget): Promise<void>;
  /** From the report Worker: ends a target's lease at once. Its counters stay. */
  release(deploymentId: string): Promise<void>;
  setKillSwitch(on: boolean): Promise<void>;
  counters(deploymentId: string): Promise<HostCounters>;
}
