/** A stored pair as an event of shadow mode. */
import { FAILURE_REASONS, type Observation } from "../../../core/pair/pair.ts";
import { shadowDelta } from "../../../core/report/shadow-delta.ts";
import { roundedMs } from "../../../core/report/shadow-stats.ts";
import type { ShadowEvents } from "../../../core/wire/api/shadow.ts";
import type { ShadowEventRow } from "../store/shadow-events.ts";
import { isoTime } from "./time.ts";

export function eventOf(row: ShadowEventRow): ShadowEvents["events"][number] {
  const [prod, shadow] = [side(row.prodStatus, row.prodLatencyMs), side(row.shadowStatus, row.shadowLatencyMs)];
  // The consumer stores a second answer's latency only where it answered.
  const control = row.controlLatencyMs === null ? undefined : side(200, row.controlLatencyMs);
  const delta = shadowDelta(control === undefined ? { prod, shadow } : { prod, shadow, control });
  return {
    id: row.id,
    deployment: row.deploymentId,
    corridor: row.route,
    timestamp: isoTime(row.capturedAt),
    delta: roundedMs(delta ?? 0),
    failed: row.shadowFailed,
  };
}

/** As much of an observation as a delta asks for. */
function side(status: number | null, latencyMs: number): Observation {
  return status === null ? { failed: FAILURE_REASONS[0], latencyMs } : { status, headers: {}, body: "", latencyMs };
}
