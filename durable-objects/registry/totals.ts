/** Sums over all isolates, and what of them is still to be written to the database. */
import type { HostCounters } from "../../core/wire/sync.ts";
import { type Counts, fromCounts, LOST_WITH_ISOLATE, UNROUTED } from "./counts.ts";

/** The counters of a deployment that nobody reported. */
export const NO_COUNTERS: HostCounters = { ...fromCounts({}), lostWithIsolate: 0, unrouted: 0 };

/** How much one counter of one deployment grew; less than zero when lost requests were found again. */
export interface Change {
  readonly deploymentId: string;
  readonly counter: string;
  readonly by: number;
}

export function addToTotals(sql: SqlStorage, changes: readonly Change[], now: number): void {
  sql.exec(
    `INSERT INTO totals (deployment_id, counter, value, changed_at)
     SELECT value ->> 'deploymentId', value ->> 'counter', value ->> 'by', ?2 FROM json_each(?1) WHERE true
     ON CONFLICT (deployment_id, counter) DO UPDATE SET value = value + excluded.value, changed_at = max(changed_at, ?2)`,
    JSON.stringify(changes),
    now,
  );
}

/** All isolates' counters of a deployment, forgotten ones included, and the host's requests that met no table. */
export function countersOf(sql: SqlStorage, deploymentId: string): HostCounters {
  const totals = totalsOf(sql, deploymentId);
  const unrouted = totalsOf(sql, "")[UNROUTED] ?? 0;
  return { ...fromCounts(totals), lostWithIsolate: totals[LOST_WITH_ISOLATE] ?? 0, unrouted };
}

function totalsOf(sql: SqlStorage, deploymentId: string): Counts {
  const rows = sql
    .exec<{ counter: string; value: number }>("SELECT counter, value FROM totals WHERE deployment_id = ?", deploymentId)
    .toArray();
  return Object.fromEntries(rows.map(({ counter, value }) => [counter, value]));
}
