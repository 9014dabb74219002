/** The ledger of a deployment that has met no request yet. */
import type { Ledger } from "../../core/wire/api/ledger.ts";

export const EMPTY_LEDGER: Ledger = {
  seen: 0,
  sampled: 0,
  compared: 0,
  equalWithoutRow: 0,
  shadowFailed: 0,
  shadowFailedReasons: {},
  skipped: {},
  dropped: {},
  lost: { isolate: 0, queue: 0 },
  inFlight: 0,
  inFlightAt: { tee: 0, queue: 0 },
  unreported: 0,
  unrouted: 0,
  hosts: [],
  stale: false,
  unexplained: 0,
};
