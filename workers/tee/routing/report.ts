/** The report that goes up with a sync, and what changes when the registry has confirmed it. */
import type { SyncReport } from "../../../core/wire/sync.ts";
import { handOver } from "./breaker.ts";
import { snapshot } from "./counters.ts";
import { confirmEqual, takeChanged } from "./equal.ts";
import type { HostState } from "./host.ts";

/** Everything counted so far. Until it is confirmed the next report carries the same again. */
export function reportOf(state: HostState): SyncReport {
  state.sequence += 1;
  const tallies = [...state.tallies];
  const equalRoutes = tallies.flatMap(([id, tally]) => {
    const changed = takeChanged(tally.equalRoutes);
    return changed === undefined ? [] : [[id, changed] as const];
  });
  return {
    isolateId: state.isolateId,
    sequence: state.sequence,
    unrouted: state.unrouted,
    deployments: Object.fromEntries(tallies.map(([id, tally]) => [id, snapshot(tally)])),
    equalRoutes: Object.fromEntries(equalRoutes),
    open: tallies.flatMap(([id, { health }]) => (health.isOpen ? [id] : [])),
  };
}

/** The registry has this report, and its table already follows from it. */
export function confirm(state: HostState, report: SyncReport): void {
  for (const tally of state.tallies.values()) confirmEqual(tally.equalRoutes);
  for (const deploymentId of report.open) {
    const tally = state.tallies.get(deploymentId);
    if (tally !== undefined) handOver(tally.health);
  }
}
