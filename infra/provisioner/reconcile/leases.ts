/**
 * The leases of all deployments that get traffic, renewed with one call. A lease is kept by nothing but these renewals: what is
 * forgotten here gets no traffic a minute later, whatever else fails.
 */
import { LEASE_MS, LEASE_RENEWAL_MS, TABLE_MAX_AGE_MS } from "../../../core/wire/sync.ts";
import type { Report } from "../report/report.ts";
import type { Clock } from "./clock.ts";
import { LEASE_RETRY_MS } from "./pace.ts";

/** How long it is known when an ended lease was last renewed; afterwards nobody asks any more. */
const REMEMBERED_MS = 3_600_000;

/** Between this machine and the registries. */
const CLOCKS_DIFFER_MS = 5_000;

const OVER_AFTER_MS = LEASE_MS + TABLE_MAX_AGE_MS + CLOCKS_DIFFER_MS;

const RAN_OUT = "ran-out";

export interface Leases {
  readonly has: (id: string) => boolean;
  /** Starts it at once. The API's reason where it was refused; rejects when the report cannot be reached. */
  readonly begin: (id: string, pull: string) => Promise<string | null>;
  /** Not renewed any more. */
  readonly forget: (id: string) => void;
  /**
   * Nothing renewed it for longer than a lease lasts and a tee believes its last table, so it is over whether or not anybody could be
   * told. Of a deployment that nobody here knows: nothing has renewed it since the start.
   */
  readonly hasRunOut: (id: string) => boolean;
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly counts: () => { readonly renewed: number; readonly failed: number };
}

interface LeaseParts {
  readonly report: Pick<Report, "renew">;
  readonly clock: Clock;
  /** A renewal was refused, or came too late: what is known of that pull request is wrong, or old. */
  readonly refused: (pull: string, id: string, problem: string) => void;
}

export function createLeases({ report, clock, refused }: LeaseParts): Leases {
  /** With the pull request, and until when the lease is known to run: Unix milliseconds, from before it was asked for. */
  const held = new Map<string, { readonly pull: string; readonly runsUntil: number }>();
  /** When a renewal was last asked for, successful or not; since the start for those that were renewed before it. */
  const askedAt = new Map<string, number>();
  const startedAt = clock.now();
  const counts = { renewed: 0, failed: 0 };

  async function renew(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    try {
      return await report.renew(ids);
    } finally {
      for (const id of ids) askedAt.set(id, clock.now());
    }
  }

  /** Whether all that may go on were renewed. */
  async function renewAll(): Promise<boolean> {
    for (const [id, at] of askedAt) if (!held.has(id) && clock.now() - at > REMEMBERED_MS) askedAt.delete(id);
    for (const [id, { pull, runsUntil }] of held) if (runsUntil - CLOCKS_DIFFER_MS < clock.now()) drop(id, pull);
    const ids = [...held.keys()];
    if (ids.length === 0) return true;
    const runsUntil = clock.now() + LEASE_MS;
    const problems = await renew(ids);
    for (const id of ids) {
      const lease = held.get(id);
      if (lease !== undefined && !problems.has(id)) held.set(id, { ...lease, runsUntil });
    }
    counts.renewed += ids.length - problems.size;
    counts.failed += problems.size;
    const final = [...problems].filter(([, problem]) => isFinal(problem));
    for (const [id, problem] of final) {
      const lease = held.get(id);
      held.delete(id);
      if (lease !== undefined) refused(lease.pull, id, problem);
    }
    return final.length === problems.size;
  }

  /** A renewal would begin it anew, on the strength of what GitHub said a minute ago or longer. */
  function drop(id: string, pull: string): void {
    held.delete(id);
    refused(pull, id, RAN_OUT);
  }

  return {
    has: (id) => held.has(id),
    begin: async (id, pull) => {
      const runsUntil = clock.now() + LEASE_MS;
      const problem = (await renew([id])).get(id) ?? null;
      counts[problem === null ? "renewed" : "failed"] += 1;
      if (problem === null) held.set(id, { pull, runsUntil });
      return problem;
    },
    forget: (id) => void held.delete(id),
    hasRunOut: (id) => clock.now() - (askedAt.get(id) ?? startedAt) > OVER_AFTER_MS,
    run: async (signal) => {
      while (!signal.aborted) {
        const renewed = await renewAll().catch(() => {
          counts.failed += held.size;
          return false;
        });
        await clock.sleep(renewed ? LEASE_RENEWAL_MS : LEASE_RETRY_MS, signal);
      }
    },
    counts: () => ({ ...counts }),
  };
}

/** The deployment itself is not what it was thought to be; anything else, such as a registry that did not answer, passes. */
export function isFinal(problem: string): boolean {
  return problem.startsWith("deployment-");
}
