/**
 * Writes what changed to the database: totals, so that writing them again changes nothing. One statement per table, whatever
 * the number of rows. Only the object's alarm and `flush` come here, never a sync.
 */

import type { EqualRoute } from "../../core/wire/sync.ts";

/** Rows of a statement, and the text of equal pairs in one: D1 takes 2,000,000 B in a parameter (https://developers.cloudflare.com/d1/platform/limits/). */
const MAX_ROWS = 2_000;
const MAX_TEXT_LENGTH = 500_000;

const COUNTERS_TO_WRITE = "value <> written AND counter NOT IN ('answered', 'failed')";
const EQUAL_TO_WRITE = "revision <> written";

/** A late write of an object that is gone must not undo a newer one's: hence the conditions. */
const WRITE_COUNTERS = `INSERT INTO tee_counters (deployment_id, host, counter, value, updated_at)
 SELECT value ->> 'deployment_id', ?2, value ->> 'counter', value ->> 'value', value ->> 'changed_at' FROM json_each(?1) WHERE true
 ON CONFLICT (deployment_id, host, counter) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
 WHERE excluded.updated_at >= tee_counters.updated_at AND excluded.value <> tee_counters.value`;

const WRITE_EQUAL_PAIRS = `INSERT INTO equal_pairs (deployment_id, host, route, pairs, second_answers, last_at, prod_latency, shadow_latency, control_latency)
 SELECT value ->> 'deployment_id', ?2, value ->> 'route', value ->> 'pairs', value ->> 'secondAnswers', value ->> 'lastAt',
 value ->> 'prod', value ->> 'shadow', value ->> 'control' FROM json_each(?1) WHERE true
 ON CONFLICT (deployment_id, host, route) DO UPDATE SET pairs = excluded.pairs, second_answers = excluded.second_answers,
 last_at = excluded.last_at, prod_latency = excluded.prod_latency, shadow_latency = excluded.shadow_latency,
 control_latency = excluded.control_latency WHERE excluded.pairs >= equal_pairs.pairs`;

/** Whether the database lacks anything. */
export function hasUnwritten(sql: SqlStorage): boolean {
  const rows = sql.exec(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM totals WHERE ${COUNTERS_TO_WRITE}) OR EXISTS (SELECT 1 FROM equal_totals WHERE ${EQUAL_TO_WRITE})`,
  );
  return rows.toArray().length > 0;
}

/** Writes all that changed until now. Fails when the database does; what was written is then not remembered as such. */
export async function writeTotals(sql: SqlStorage, db: D1Database, host: string): Promise<void> {
  let round = nextRound(sql);
  while (round !== null) {
    await db.batch([
      db.prepare(WRITE_COUNTERS).bind(JSON.stringify(round.counters), host),
      db.prepare(WRITE_EQUAL_PAIRS).bind(JSON.stringify(round.equal), host),
    ]);
    markWritten(sql, round);
    round = nextRound(sql);
  }
}

interface Round {
  readonly counters: readonly CounterRow[];
  readonly equal: readonly EqualRow[];
}

/** The columns are those of the row, so that the statement above and the mark after it read the same. */
interface CounterRow {
  readonly deployment_id: string;
  readonly counter: string;
  readonly value: number;
  readonly changed_at: number;
}

interface EqualRow extends EqualRoute {
  readonly deployment_id: string;
  readonly route: string;
  readonly revision: number;
}

function nextRound(sql: SqlStorage): Round | null {
  const counters = sql
    .exec<{ deployment_id: string; counter: string; value: number; changed_at: number }>(
      `SELECT deployment_id, counter, value, changed_at FROM totals WHERE ${COUNTERS_TO_WRITE} LIMIT ${MAX_ROWS}`,
    )
    .toArray();
  const equal = nextEqualRows(sql);
  return counters.length + equal.length === 0 ? null : { counters, equal };
}

function nextEqualRows(sql: SqlStorage): readonly EqualRow[] {
  const rows: EqualRow[] = [];
  let length = 0;
  const cursor = sql.exec<{ deployment_id: string; route: string; equal_route: string; revision: number }>(
    `SELECT deployment_id, route, equal_route, revision FROM equal_totals WHERE ${EQUAL_TO_WRITE} LIMIT ${MAX_ROWS}`,
  );
  for (const { deployment_id, route, equal_route, revision } of cursor) {
    length += equal_route.length + route.length;
    if (rows.length > 0 && length > MAX_TEXT_LENGTH) break;
    // Only equal-reports.ts writes this column.
    const equal = JSON.parse(equal_route) as EqualRoute;
    rows.push({ ...equal, deployment_id, route, revision });
  }
  return rows;
}

/** By the values that were written: they may have changed again meanwhile. */
function markWritten(sql: SqlStorage, { counters, equal }: Round): void {
  for (const { deployment_id, counter, value } of counters)
    sql.exec("UPDATE totals SET written = ? WHERE deployment_id = ? AND counter = ?", value, deployment_id, counter);
  for (const { deployment_id, route, revision } of equal)
    sql.exec(
      "UPDATE equal_totals SET written = ? WHERE deployment_id = ? AND route = ?",
      revision,
      deployment_id,
      route,
    );
}
