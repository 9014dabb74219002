/** The tables inside a registry object. Created on every start: a new object has none, an old one keeps its own. */

/**
 * `reports` has one row per live isolate and deployment, `folded` the sums of isolates that went silent; the empty
 * deployment id stands for the host itself (requests that met no table).
 */
const STATEMENTS = [
  "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS targets (deployment_id TEXT PRIMARY KEY, target TEXT NOT NULL, expires_at INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS isolates (isolate_id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, reported_at INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS reports (isolate_id TEXT NOT NULL, deployment_id TEXT NOT NULL, counter TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (isolate_id, deployment_id, counter))",
  "CREATE TABLE IF NOT EXISTS folded (deployment_id TEXT NOT NULL, counter TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (deployment_id, counter))",
  "CREATE INDEX IF NOT EXISTS reports_by_deployment ON reports (deployment_id)",
  "CREATE INDEX IF NOT EXISTS isolates_by_silence ON isolates (reported_at)",
] as const;

export function createTables(sql: SqlStorage): void {
  for (const statement of STATEMENTS) sql.exec(statement);
}
