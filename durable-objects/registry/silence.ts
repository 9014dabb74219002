/**
 * Isolates that fell silent. After five minutes what they had in hand is lost, until they speak again; after a day they are
 * forgotten, so the tables stay bounded: their counts stay in the sums.
 */
import { ISOLATE_ID_MAX_IDLE_MS, ISOLATE_LOST_AFTER_MS } from "../../core/wire/sync.ts";
import { type Counts, inHand, LOST_WITH_ISOLATE } from "./counts.ts";
import { countsBefore, storeChanges } from "./reports.ts";

/** A tee isolate that was idle for half of it takes a new id, so none comes back under a forgotten one. */
const FORGOTTEN_AFTER_MS = 2 * ISOLATE_ID_MAX_IDLE_MS;

/** A deployment that was leased that long ago is over for every isolate; the database keeps its totals. */
const DEPLOYMENT_FORGOTTEN_AFTER_MS = 30 * 24 * 3_600_000;

const IN_HAND = "in_hand > 0 AND is_lost = 0";

/** Brings the sums up to `now`. */
export function settleSilence(sql: SqlStorage, now: number): void {
  for (const isolateId of silentSince(sql, `${IN_HAND} AND reported_at <= ?`, now - ISOLATE_LOST_AFTER_MS))
    lose(sql, isolateId, now);
  for (const isolateId of silentSince(sql, "reported_at <= ?", now - FORGOTTEN_AFTER_MS)) forget(sql, isolateId);
  forgetDeployments(sql, now);
}

/** When the next isolate is lost if none speaks, Unix milliseconds; null when none has anything in hand. */
export function nextLossAt(sql: SqlStorage): number | null {
  const { reported_at } = sql
    .exec<{ reported_at: number | null }>(`SELECT min(reported_at) AS reported_at FROM reporters WHERE ${IN_HAND}`)
    .one();
  return reported_at === null ? null : reported_at + ISOLATE_LOST_AFTER_MS;
}

function silentSince(sql: SqlStorage, condition: string, before: number): readonly string[] {
  return sql
    .exec<{ isolate_id: string }>(`SELECT isolate_id FROM reporters WHERE ${condition}`, before)
    .toArray()
    .map((row) => row.isolate_id);
}

function lose(sql: SqlStorage, isolateId: string, now: number): void {
  const before = countsBefore(sql, isolateId);
  const lost = ([deploymentId, counts]: readonly [string, Counts]): [string, Counts] => [
    deploymentId,
    { [LOST_WITH_ISOLATE]: Math.max(0, inHand(counts)) },
  ];
  storeChanges(sql, isolateId, { before, after: new Map([...before].map(lost)), now });
  sql.exec("UPDATE reporters SET is_lost = 1 WHERE isolate_id = ?", isolateId);
}

function forget(sql: SqlStorage, isolateId: string): void {
  for (const table of ["reports", "equal_reports", "reporters"])
    sql.exec(`DELETE FROM ${table} WHERE isolate_id = ?`, isolateId);
}

/** Only what the database has already. */
function forgetDeployments(sql: SqlStorage, now: number): void {
  const over = sql
    .exec<{ deployment_id: string }>(
      `SELECT deployment_id FROM deployments WHERE leased_at <= ?
       AND deployment_id NOT IN (SELECT deployment_id FROM totals WHERE value <> written AND counter NOT IN ('answered', 'failed'))
       AND deployment_id NOT IN (SELECT deployment_id FROM equal_totals WHERE revision <> written)`,
      now - DEPLOYMENT_FORGOTTEN_AFTER_MS,
    )
    .toArray();
  for (const { deployment_id } of over)
    for (const table of ["reports", "equal_reports", "totals", "equal_totals", "breakers", "targets", "deployments"])
      sql.exec(`DELETE FROM ${table} WHERE deployment_id = ?`, deployment_id);
}
