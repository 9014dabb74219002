/**
 * The outbox's table: what is here, what is due, what was sent and when it is due again. Sending itself is `outbox.ts`.
 */
import type { OutboxStatus, Parcel } from "../../core/wire/outbox.ts";

/** Unconfirmed after that long a parcel is sent again; doubled each time. The queue itself retries long before. */
const RESEND_AFTER_MS = 120_000;

/** So often in one life of the process; after that it is nothing that sending once more would help. */
const MAX_ATTEMPTS = 6;

/** The queue's limits for one `sendBatch`: 100 messages and 256 KB (https://developers.cloudflare.com/queues/platform/limits/). */
const BATCH_MESSAGES = 100;
const BATCH_BYTES = 250_000;

/**
 * `life` names the process that sent a parcel last: the queue of another one is gone, so what it held is due at once. The
 * empty one stands for never.
 */
export function createTable(sql: SqlStorage): void {
  sql.exec(
    `CREATE TABLE IF NOT EXISTS parcels (id TEXT PRIMARY KEY, bytes BLOB NOT NULL, life TEXT NOT NULL,
     attempts INTEGER NOT NULL, due_at INTEGER NOT NULL)`,
  );
}

export function keep(sql: SqlStorage, { id, bytes }: Parcel): void {
  sql.exec("INSERT OR IGNORE INTO parcels (id, bytes, life, attempts, due_at) VALUES (?, ?, '', 0, 0)", id, bytes);
}

export function remove(sql: SqlStorage, ids: readonly string[]): void {
  sql.exec("DELETE FROM parcels WHERE id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
}

export interface Due {
  readonly id: string;
  readonly bytes: ArrayBuffer;
}

/** A batch of what is due, marked as sent by this life. Marked first: a kill in between makes it due again by itself. */
export function takeDue(sql: SqlStorage, life: string, now: number): readonly Due[] {
  const rows = sql.exec<{ id: string; bytes: ArrayBuffer }>(
    "SELECT id, bytes FROM parcels WHERE life <> ?1 OR (due_at <= ?2 AND attempts < ?3) ORDER BY id LIMIT ?4",
    life,
    now,
    MAX_ATTEMPTS,
    BATCH_MESSAGES,
  );
  const batch: Due[] = [];
  let size = 0;
  for (const { id, bytes } of rows) {
    size += bytes.byteLength;
    if (batch.length > 0 && size > BATCH_BYTES) break;
    batch.push({ id, bytes });
  }
  mark(sql, batch, { life, now });
  return batch;
}

function mark(sql: SqlStorage, batch: readonly Due[], { life, now }: { life: string; now: number }): void {
  sql.exec(
    `UPDATE parcels SET attempts = CASE WHEN life = ?1 THEN attempts + 1 ELSE 1 END,
     due_at = ?2 + ?3 * (1 << (CASE WHEN life = ?1 THEN attempts ELSE 0 END)), life = ?1
     WHERE id IN (SELECT value FROM json_each(?4))`,
    life,
    now,
    RESEND_AFTER_MS,
    idsOf(batch),
  );
}

/** The queue did not take them: due again at `at`, and not counted as an attempt. */
export function putBack(sql: SqlStorage, batch: readonly Due[], at: number): void {
  sql.exec(
    "UPDATE parcels SET attempts = attempts - 1, due_at = ?1 WHERE id IN (SELECT value FROM json_each(?2))",
    at,
    idsOf(batch),
  );
}

function idsOf(batch: readonly Due[]): string {
  return JSON.stringify(batch.map(({ id }) => id));
}

export function statusOf(sql: SqlStorage, life: string): OutboxStatus {
  const { waiting, givenUp } = sql
    .exec<{ waiting: number; givenUp: number }>(
      `SELECT count(*) AS waiting, coalesce(sum(life = ?1 AND attempts >= ?2), 0) AS givenUp FROM parcels`,
      life,
      MAX_ATTEMPTS,
    )
    .one();
  return { waiting, givenUp };
}
