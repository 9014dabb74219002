/** The platform's limits that the local runtime does not enforce, each with its source. One row is one thing the shim watches. */

export const LIMITS = {
  /**
   * Open at once in one invocation, production's body among them
   * (https://developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections): five are left for us. The
   * seventh waits until another one ends. In the tee that could be production's, so there it fails; elsewhere it is noted.
   */
  openConnections: 6,
  /** Of one invocation of the tee: the free plan allows 50, and a tee stays far away from them. */
  teeSubrequests: 10,
  /** Of one invocation of any other Worker (https://developers.cloudflare.com/workers/platform/limits/#subrequests). */
  subrequests: 1_000,
  /** The free plan's limit: more is written down, and fails nothing. */
  notedSubrequests: 50,
  /** Of 30,000 ms that `waitUntil` has after the answer (https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil). */
  waitUntilMs: 25_000,
  /** Of 128,000 B (https://developers.cloudflare.com/queues/platform/limits/). */
  messageBytes: 127_000,
  /** Per statement (https://developers.cloudflare.com/d1/platform/limits/). */
  boundParameters: 100,
  /** A row, and any text or blob, of D1 and of a Durable Object's SQLite (same page). */
  rowBytes: 2_000_000,
  /** Of one invocation (same page). */
  d1Queries: 1_000,
} as const;

export type Measure = Exclude<keyof typeof LIMITS, "teeSubrequests" | "notedSubrequests">;

/** Something that production would have refused. */
export interface Violation {
  readonly worker: string;
  readonly event: string;
  readonly measure: Measure;
  readonly value: number;
  readonly limit: number;
}

/** What one Worker's shim has seen so far. `invocations` proves that it was there at all. */
export interface Watched {
  readonly invocations: number;
  readonly violations: readonly Violation[];
  /** What the free plan would have refused, or the platform would have made wait. */
  readonly notes: readonly Violation[];
  /** The highest value of each measure. */
  readonly peaks: Readonly<Partial<Record<Measure, number>>>;
}

/** From where on a value fails the test, for a Worker. */
export function limitOf(worker: string, measure: Measure): number {
  if (worker === "tee") return measure === "subrequests" ? LIMITS.teeSubrequests : LIMITS[measure];
  return measure === "openConnections" ? Number.POSITIVE_INFINITY : LIMITS[measure];
}

/** From where on a value is noted, where that is below the limit. */
export function notedFrom(measure: Measure): number {
  return measure === "subrequests" ? LIMITS.notedSubrequests : LIMITS[measure];
}

/** A Worker wrapped by the shim answers requests to this host with a `Watched`. No client of a test uses it. */
export const LIMITS_HOST = "limits.invalid";
