/** The ledger: where every request of a deployment went. */
import { z } from "zod";

export const LedgerSchema = z
  .object({
    seen: z.int(),
    sampled: z.int(),
    compared: z.int(),
    shadowFailed: z.int(),
    skipped: z.record(z.string(), z.int()),
    dropped: z.record(z.string(), z.int()),
    /** Handed to the queue and not stored yet. */
    inFlight: z.int(),
    /** Stored pairs that their tee has not reported yet; they are part of `seen` and `sampled` already. */
    unreported: z.int(),
    /** Requests to the deployment's hosts that met no table. */
    unrouted: z.int(),
    /** sampled - compared - shadowFailed - skipped - dropped - inFlight; anything but 0 is a fault. */
    unexplained: z.int(),
  })
  .meta({ id: "Ledger" });
export type Ledger = z.infer<typeof LedgerSchema>;
