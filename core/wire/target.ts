/**
 * One shadow that a host mirrors to, as the report Worker registers it and the tee reads it. Plain data without a schema
 * library: it is checked where a deployment is registered (`api/deployments.ts`), and both ends of this are ours.
 */

/** Where the client key of sticky sampling is read: a cookie or a header of the request. */
export interface StickyKey {
  readonly in: "cookie" | "header";
  /** A header's name is lower case; a cookie's is as it is. */
  readonly name: string;
}

/** `match` is a method (or `*`) and a path glob, such as `POST /v1/orders/**`. The first match wins. */
export interface RouteRule {
  readonly match: string;
  /** False: never mirrored. True: mirrored although its method is not among the target's. */
  readonly mirror: boolean;
}

/** Users' patterns of one deployment, and characters of each: every one is run over every value of both answers. */
export const MAX_USER_PATTERNS = 20;
export const MAX_USER_PATTERN_CHARS = 200;

/** Redaction beyond what always holds. */
export interface RedactSettings {
  /** Names of fields, headers, parameters and cookies whose values are secret. */
  readonly names: readonly string[];
  /** Regular expressions in RE2 syntax, run in linear time. */
  readonly patterns: readonly string[];
  /** No value is stored at all: only names, types and structure. */
  readonly shapeOnly: boolean;
  /** Telephone numbers are replaced too; off by default because many ordinary numbers look like one. */
  readonly phones: boolean;
}

/** The stack that runs the base commit and gets the same mirrored request. */
export interface BaseStack {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Its own deployment id: what its gateway stamps. */
  readonly deploymentId: string;
  /** Share of the samples for which it is asked a second time (`baseAgain`), 0 to 1; safe methods only. */
  readonly againShare: number;
}

/** What a deployment may set; `DEFAULT_MIRROR_SETTINGS` holds where it says nothing. */
export interface MirrorSettings {
  /** Mirrored requests per second over all isolates; null: no cap. */
  readonly maxRps: number | null;
  /** Null: the client's address at the edge. */
  readonly sticky: StickyKey | null;
  /** Path globs. Empty `include`: every path. `exclude` wins. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly routes: readonly RouteRule[];
  readonly redact: RedactSettings;
  /** Answers of shadow and base come through our gateway, which stamps each with its deployment id. */
  readonly stamped: boolean;
  readonly base: BaseStack | null;
}

export const DEFAULT_MIRROR_SETTINGS: MirrorSettings = {
  maxRps: null,
  sticky: null,
  include: [],
  exclude: [],
  routes: [],
  redact: { names: [], patterns: [], shapeOnly: false, phones: false },
  stamped: false,
  base: null,
};

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
  /** Headers the gateway in front of shadow and base asks for (service credentials). They never get into a pair. */
  readonly serviceHeaders: Readonly<Record<string, string>>;
  readonly settings: MirrorSettings;
}

/** `trial`: this isolate may send one request to see whether the shadow answers again. */
export const BREAKER_STATES = ["closed", "open", "trial"] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** A target as one isolate gets it with its sync. */
export interface RoutedTarget extends MirrorTarget {
  /** The share to mirror now: min(rate, maxRps / rate seen over all isolates). Sampling draws against this one. */
  readonly probability: number;
  /** Requests this isolate may mirror until its next table; null: no cap. What is left over expires. */
  readonly allowance: number | null;
  readonly breaker: BreakerState;
  /** Share of byte-equal pairs that still become a row (0 to 1); the others are only counted. */
  readonly equalRowShare: number;
}
