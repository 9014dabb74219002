/** What the report has worked out of all routes of a deployment. Apart from the others: a cache that it fills as it reads. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Latencies and deltas of a deployment, as its rows said when it had so many pairs. Reading the sketches of all its routes for each answer
 * would be megabytes; this is one row of some kilobytes.
 */
export const shadowStats = sqliteTable("shadow_stats", {
  deploymentId: text("deployment_id").primaryKey(),
  /** Pairs at that time, the byte-equal ones without a row included. */
  pairs: integer("pairs").notNull(),
  /** JSON object: bucket to how many answers of the shadow fell into it (`core/report/latency.ts`). */
  latencies: text("latencies").notNull(),
  /** JSON array of `[route, count, sum, max]`: its deltas, sum and max in milliseconds. */
  corridors: text("corridors").notNull(),
});
