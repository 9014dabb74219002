/** What a tee isolate reports to a registry, for tests of what registry and ledger make of it. */
import type { DeploymentCounters, SyncReport } from "../../core/wire/sync.ts";

const NONE: DeploymentCounters = {
  seen: 0,
  sampled: 0,
  sent: 0,
  equal: 0,
  answered: 0,
  failed: 0,
  skipped: {},
  dropped: {},
};

export function counters(values: Partial<DeploymentCounters>): DeploymentCounters {
  return { ...NONE, ...values };
}

/** The first report of an isolate, unless it says otherwise. */
export function reportOf(isolateId: string, values: Partial<SyncReport>): SyncReport {
  return { isolateId, sequence: 1, unrouted: 0, deployments: {}, equalRoutes: {}, open: [], ...values };
}
