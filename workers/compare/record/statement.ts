/** SQL as D1 takes it in a batch: drizzle's own batch binds no parameters of raw statements on D1, so it only writes the SQL. */
import type { SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteAsyncDialect();

export function prepared(db: D1Database, statement: SQL): D1PreparedStatement {
  const query = dialect.sqlToQuery(statement);
  return db.prepare(query.sql).bind(...query.params);
}
