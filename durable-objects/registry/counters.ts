/**
 * Counters of the isolates of one host. Each isolate reports totals that only grow, so a repeated or lost report does
 * no harm: the latest sequence wins. Isolates that went silent are folded into sums, so the tables stay bounded.
 */
import {
  type DeploymentCounters,
  type HostCounters,
  ISOLATE_ID_MAX_IDLE_MS,
  type SyncReport,
} from "../../core/wire/sync.ts";
import { type Counts, fromCounts, toCounts, UNROUTED } from "./counts.ts";

/** After that long without a word an isolate is folded. A tee isolate that was idle for half of it takes a new id, so none comes back. */
const ISOLATE_SILENT_AFTER_MS = 2 * ISOLATE_ID_MAX_IDLE_MS;

/** Stores a report unless a later one of the same isolate is already there. */
export function storeReport(sql: SqlStorage, report: SyncReport, now: number): void {
  if (!isNews(sql, report, now)) return;
  storeCounts(sql, report.isolateId, { deploymentId: "", counts: { [UNROUTED]: report.unrouted } });
  for (const [deploymentId, counters] of Object.entries(report.deployments))
    storeCounts(sql, report.isolateId, { deploymentId, counts: toCounts(counters) });
  foldSilent(sql, now);
}

function isNews(sql: SqlStorage, { isolateId, sequence }: SyncReport, now: number): boolean {
  const { rowsWritten } = sql.exec(
    `INSERT INTO isolates (isolate_id, sequence, reported_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (isolate_id) DO UPDATE SET sequence = ?2, reported_at = ?3 WHERE sequence < ?2`,
    isolateId,
    sequence,
    now,
  );
  return rowsWritten > 0;
}

function storeCounts(sql: SqlStorage, isolateId: string, of: { deploymentId: string; counts: Counts }): void {
  sql.exec(
    `INSERT INTO reports (isolate_id, deployment_id, counter, value)
     SELECT ?, ?, key, value FROM json_each(?) WHERE true
     ON CONFLICT (isolate_id, deployment_id, counter) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
    isolateId,
    of.deploymentId,
    JSON.stringify(of.counts),
  );
}

/** Moves the counters of isolates that went silent into the sums. */
function foldSilent(sql: SqlStorage, now: number): void {
  const silent = sql
    .exec<{ isolate_id: string }>(
      "SELECT isolate_id FROM isolates WHERE reported_at < ?",
      now - ISOLATE_SILENT_AFTER_MS,
    )
    .toArray();
  for (const { isolate_id } of silent) fold(sql, isolate_id);
}

function fold(sql: SqlStorage, isolateId: string): void {
  sql.exec(
    `INSERT INTO folded (deployment_id, counter, value)
     SELECT deployment_id, counter, value FROM reports WHERE isolate_id = ?
     ON CONFLICT (deployment_id, counter) DO UPDATE SET value = value + excluded.value`,
    isolateId,
  );
  sql.exec("DELETE FROM reports WHERE isolate_id = ?", isolateId);
  sql.exec("DELETE FROM isolates WHERE isolate_id = ?", isolateId);
}

/** All isolates' counters of a deployment, silent ones included, and the host's requests that met no table. */
export function countersOf(sql: SqlStorage, deploymentId: string): HostCounters {
  const counters: DeploymentCounters = fromCounts(sums(sql, deploymentId));
  return { ...counters, lostWithIsolate: 0, unrouted: sums(sql, "")[UNROUTED] ?? 0 };
}

function sums(sql: SqlStorage, deploymentId: string): Counts {
  const rows = sql
    .exec<{ counter: string; total: number }>(
      `SELECT counter, sum(value) AS total FROM
       (SELECT counter, value FROM reports WHERE deployment_id = ?1 UNION ALL SELECT counter, value FROM folded WHERE deployment_id = ?1)
       GROUP BY counter`,
      deploymentId,
    )
    .toArray();
  return Object.fromEntries(rows.map((row) => [row.counter, row.total]));
}
