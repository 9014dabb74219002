/**
 * What a tee isolate and the registry object of its host say to each other: counters that only grow go up, the routing
 * table comes down. At most one call per isolate per 5 seconds. No schema library: both ends are ours, in one deployment.
 */
import type { BreakerState, MirrorTarget, RoutedTarget } from "./target.ts";

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
  /** The deployment's filters leave this path out. */
  "route",
  "stream",
  "upgrade",
  "not-modified",
  "partial",
  "cached",
  "body-size",
  "fan-out",
  /** More than the deployment's `maxRps`. */
  "rate-cap",
  /** The shadow does not answer at the moment. */
  "breaker",
  /** The gateway's stamp names another deployment: an old or a newer push answered. */
  "stale",
  /** The base stack answers in another status class than production: no evidence. */
  "environment",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Why a sampled request was lost to a limit or a fault of ours. */
export const DROP_REASONS = ["in-flight", "memory", "queue", "internal"] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/**
 * Why a sampled request is not accounted for any more. `isolate`: an isolate fell silent with requests in hand;
 * `queue`: sent, and not stored within an hour of the last one that was sent.
 */
export const LOST_REASONS = ["isolate", "queue"] as const;

/** An isolate that is silent for that long has lost what it had in hand. */
export const ISOLATE_LOST_AFTER_MS = 5 * 60_000;

/**
 * A shadow's breaker opens after that many failures in a row, or half of the last so many requests: inside one isolate and over
 * all of them alike. A failure is no answer; a 500 is one.
 */
export const BREAKER_FAILURES_IN_A_ROW = 5;
export const BREAKER_LAST_REQUESTS = 20;
export const BREAKER_FAILED_SHARE = 0.5;

/** Counters of one deployment in one isolate since the isolate started. They only grow. */
export interface DeploymentCounters {
  /** Requests that met this deployment in the table. */
  readonly seen: number;
  /** Of those, the ones chosen by sampling. */
  readonly sampled: number;
  /** Of those, the ones handed to the queue; their end state is known from the stored pair. */
  readonly sent: number;
  /** Of those sampled, byte-equal pairs that were settled in the tee and have no row. */
  readonly equal: number;
  /** Requests to the shadow that it answered, and that it did not: what the breaker is judged by. */
  readonly answered: number;
  readonly failed: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** Latencies as a sketch: how many fell into each bucket of `core/report/latency.ts`. Sketches add up by bucket. */
export type LatencyBuckets = Readonly<Record<string, number>>;

/** Byte-equal pairs of one route that were settled in the tee and have no row, since the isolate started. */
export interface EqualRoute {
  readonly pairs: number;
  /** Of those, the ones whose reference was asked twice and answered alike both times. */
  readonly secondAnswers: number;
  /** Unix milliseconds of the latest. */
  readonly lastAt: number;
  readonly prod: LatencyBuckets;
  readonly shadow: LatencyBuckets;
  readonly control: LatencyBuckets;
}

export interface SyncReport {
  /** Random per isolate and host; renewed after a long pause. */
  readonly isolateId: string;
  /** Grows by one with each report of this isolate; the registry keeps the latest. */
  readonly sequence: number;
  /** Requests to this host that met no table, since the isolate started. */
  readonly unrouted: number;
  readonly deployments: Readonly<Record<string, DeploymentCounters>>;
  /** By deployment, then route: those that changed since the last report the registry confirmed. Totals, as all counters. */
  readonly equalRoutes: Readonly<Record<string, Readonly<Record<string, EqualRoute>>>>;
  /** Deployments whose breaker this isolate has opened by itself. */
  readonly open: readonly string[];
}

export interface RoutingTable {
  /** Unix time in milliseconds at the registry. */
  readonly stampedAt: number;
  /** Nothing is mirrored on this host while it is on. */
  readonly killSwitch: boolean;
  readonly targets: readonly RoutedTarget[];
}

/** All isolates' counters of one deployment on one host, added up. */
export interface HostCounters extends DeploymentCounters {
  /** Sampled requests that isolates had in hand when they fell silent. */
  readonly lostWithIsolate: number;
  /** Requests to this host that met no table; not tied to a deployment. */
  readonly unrouted: number;
}

/** What the tees of a host are told about one target at the moment. */
export interface TargetStanding {
  readonly breaker: BreakerState;
  /** The share that is mirrored now; below the target's rate where `maxRps` caps it. */
  readonly probability: number;
  /** Unix milliseconds. */
  readonly leasedUntil: number;
}

/**
 * The calls the registry object answers (durable-objects/registry). One object per host, named by the host.
 * An object that was never leased a target and has no kill switch on stores nothing: anyone can invent host names.
 */
export interface RegistryCalls {
  /** From the tee: stores the counters, returns the table. */
  sync(report: SyncReport): Promise<RoutingTable>;
  /** From the report Worker: sets or renews one target until `now + LEASE_MS`. */
  lease(target: MirrorTarget): Promise<void>;
  /** The same for many targets of this host with one call. */
  leaseAll(targets: readonly MirrorTarget[]): Promise<void>;
  /** From the report Worker: ends a target's lease at once. Its counters stay. */
  release(deploymentId: string): Promise<void>;
  /** Nothing is mirrored on this host while it is on. */
  setKillSwitch(on: boolean): Promise<void>;
  killSwitch(): Promise<boolean>;
  /** Null: this host has no lease for it. */
  standing(deploymentId: string): Promise<TargetStanding | null>;
  /** Writes what changed to `tee_counters` and `equal_pairs` now, not in about 2 s. Fails when the database does. */
  flush(): Promise<void>;
  counters(deploymentId: string): Promise<HostCounters>;
}
