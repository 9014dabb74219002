/** The tables inside a registry object. Made with its first lease: an object without one, for a host name someone invented, stores nothing. */

/**
 * `reports` and `equal_reports` hold the latest report of each live isolate, `totals` and `equal_totals` the sums over all,
 * those of forgotten isolates included. The empty deployment id stands for the host itself (requests that met no table).
 * `written` is what the database has; where it differs the row is to be written.
 */
const STATEMENTS = [
  "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS targets (deployment_id TEXT PRIMARY KEY, target TEXT NOT NULL, expires_at INTEGER NOT NULL)",
  // Every deployment that was leased here lately. `has_equal_rows`: enough byte-equal pairs have a row of their own.
  "CREATE TABLE IF NOT EXISTS deployments (deployment_id TEXT PRIMARY KEY, leased_at INTEGER NOT NULL, has_equal_rows INTEGER NOT NULL DEFAULT 0)",
  // `in_hand`: sampled requests whose end was not reported yet. `is_lost`: the isolate fell silent with them.
  "CREATE TABLE IF NOT EXISTS reporters (isolate_id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, reported_at INTEGER NOT NULL, in_hand INTEGER NOT NULL, is_lost INTEGER NOT NULL)",
  "CREATE INDEX IF NOT EXISTS reporters_by_silence ON reporters (reported_at)",
  "CREATE INDEX IF NOT EXISTS reporters_in_hand ON reporters (reported_at) WHERE in_hand > 0 AND is_lost = 0",
  "CREATE TABLE IF NOT EXISTS reports (isolate_id TEXT NOT NULL, deployment_id TEXT NOT NULL, counter TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (isolate_id, deployment_id, counter))",
  "CREATE TABLE IF NOT EXISTS totals (deployment_id TEXT NOT NULL, counter TEXT NOT NULL, value INTEGER NOT NULL, changed_at INTEGER NOT NULL, written INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (deployment_id, counter))",
  "CREATE INDEX IF NOT EXISTS totals_to_write ON totals (deployment_id) WHERE value <> written AND counter NOT IN ('answered', 'failed')",
  "CREATE TABLE IF NOT EXISTS equal_reports (isolate_id TEXT NOT NULL, deployment_id TEXT NOT NULL, route TEXT NOT NULL, counted_as TEXT NOT NULL, equal_route TEXT NOT NULL, PRIMARY KEY (isolate_id, deployment_id, route))",
  "CREATE TABLE IF NOT EXISTS equal_totals (deployment_id TEXT NOT NULL, route TEXT NOT NULL, equal_route TEXT NOT NULL, revision INTEGER NOT NULL, written INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (deployment_id, route))",
  "CREATE INDEX IF NOT EXISTS equal_totals_to_write ON equal_totals (deployment_id) WHERE revision <> written",
  "CREATE TABLE IF NOT EXISTS breakers (deployment_id TEXT PRIMARY KEY, breaker TEXT NOT NULL)",
] as const;

/** Tables of an earlier layout. Live isolates report totals, so their counts come back by themselves. */
const FORMER = ["folded", "isolates", "reports"] as const;

export function createTables(sql: SqlStorage): void {
  if (hasTable(sql, "folded")) for (const table of FORMER) sql.exec(`DROP TABLE IF EXISTS ${table}`);
  for (const statement of STATEMENTS) sql.exec(statement);
}

/** Whether the object has stored anything yet. */
export function hasTables(sql: SqlStorage): boolean {
  return hasTable(sql, "breakers");
}

function hasTable(sql: SqlStorage, name: string): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name).toArray().length > 0;
}
