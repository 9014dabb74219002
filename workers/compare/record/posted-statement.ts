/**
 * The statement that counts pairs which came by `POST /compare` and not from a tee. In the batch that stores them, because the
 * ledger would otherwise take them for pairs that a tee has sent and not reported yet. New pairs only.
 */
import { type SQL, sql } from "drizzle-orm";
import { POSTED_COUNTER, POSTED_HOST } from "../../../core/report/ledger.ts";
import { teeCounters } from "../../../migrations/tee-tables.ts";
import { columnList, field, newRows } from "./from-json.ts";
import type { Recordable } from "./rows.ts";

export function countPosted(rows: readonly Recordable[], batchId: string, now: number): SQL {
  const json = JSON.stringify(
    rows.map(({ captured }) => ({ pairId: captured.id, deploymentId: captured.deploymentId })),
  );
  return sql`INSERT INTO ${teeCounters} (${columnList(teeCounters)})
    SELECT ${field("deploymentId")} AS d, ${POSTED_HOST}, ${POSTED_COUNTER}, count(*), ${now}
    FROM ${newRows(json, batchId)} WHERE true GROUP BY d
    ON CONFLICT (deployment_id, host, counter) DO UPDATE SET
      value = tee_counters.value + excluded.value, updated_at = excluded.updated_at`;
}
