/** Tables of what the tees counted, which the registries write as totals. Apart from the others for their length. */
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What the tees counted, as the registry object of each host last wrote it: totals, so writing them again changes nothing.
 * The empty deployment id stands for the host itself. The empty host stands for pairs that came by `POST /compare`: the consumer
 * counts them as `posted` with the row it stores.
 */
export const teeCounters = sqliteTable(
  "tee_counters",
  {
    deploymentId: text("deployment_id").notNull(),
    host: text("host").notNull(),
    /** `seen`, `sampled`, `sent`, `equal`, `skipped:<reason>`, `dropped:<reason>`, `lost:isolate`, `unrouted`. */
    counter: text("counter").notNull(),
    value: integer("value").notNull(),
    /** When the value last changed. */
    updatedAt: integer("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.host, t.counter] })],
);

/** Byte-equal pairs that were settled in the tee and have no row of their own. Totals per host, like `tee_counters`. */
export const equalPairs = sqliteTable(
  "equal_pairs",
  {
    deploymentId: text("deployment_id").notNull(),
    host: text("host").notNull(),
    route: text("route").notNull(),
    pairs: integer("pairs").notNull(),
    /** Of those, the ones whose reference was asked twice. */
    secondAnswers: integer("second_answers").notNull(),
    lastAt: integer("last_at").notNull(),
    /** JSON objects: bucket to count (`core/report/latency.ts`). */
    prodLatency: text("prod_latency").notNull(),
    shadowLatency: text("shadow_latency").notNull(),
    controlLatency: text("control_latency").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deploymentId, t.host, t.route] })],
);
