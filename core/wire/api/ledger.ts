/** The ledger: where every request of a deployment went. Each sampled one is in exactly one state; states have reasons. */
import { z } from "zod";
import type { LOST_REASONS } from "../sync.ts";
import { BREAKER_STATES } from "../target.ts";

const Counts = z.record(z.string(), z.int());

const LedgerHostSchema = z
  .object({
    host: z.string(),
    /** Requests to it that met no table. */
    unrouted: z.int(),
    /** True: nothing of this host is mirrored. Null while its registry does not answer. */
    killSwitch: z.boolean().nullable(),
    /** What it does at the moment; null where the deployment has no lease. */
    standing: z
      .object({
        breaker: z.enum(BREAKER_STATES),
        /** The share that is mirrored now: the rate, or what the cap leaves of it. */
        probability: z.number(),
      })
      .nullable(),
  })
  .meta({ id: "LedgerHost" });

export const LedgerSchema = z
  .object({
    /** Requests that met this deployment in the routing table, and those of them that were chosen. */
    seen: z.int(),
    sampled: z.int(),
    /** Both sides answered and were compared, byte-equal ones included. */
    compared: z.int(),
    /** Of those compared, the ones that were settled in the tee and have no row. */
    equalWithoutRow: z.int(),
    /** The shadow gave no answer: in all, and why. */
    shadowFailed: z.int(),
    shadowFailedReasons: Counts,
    /** Not compared on purpose, by reason. */
    skipped: Counts,
    /** Not compared because of a limit or a fault of ours, by reason. */
    dropped: Counts,
    /** In a tee's isolate that fell silent; or sent and not stored within an hour of the last one. */
    lost: z.object({ isolate: z.int(), queue: z.int() } satisfies Record<(typeof LOST_REASONS)[number], z.ZodInt>),
    /** On the way, in all; and where: with a tee, or sent and not stored yet. */
    inFlight: z.int(),
    inFlightAt: z.object({ tee: z.int(), queue: z.int() }),
    /** Stored pairs that their tee has not reported yet; they are part of `seen` and `sampled` already. */
    unreported: z.int(),
    /** Requests to the deployment's hosts that met no table: in all, and by host. They were never sampled. */
    unrouted: z.int(),
    /** Every host that mirrors or mirrored to it. */
    hosts: z.array(LedgerHostSchema),
    /** A registry did not answer in time: the figures are those it wrote last. */
    stale: z.boolean(),
    /** sampled - compared - shadowFailed - skipped - dropped - lost - inFlight; anything but 0 is a fault. */
    unexplained: z.int(),
  })
  .meta({ id: "Ledger" });
export type Ledger = z.infer<typeof LedgerSchema>;
