/** What the tees counted, as the registry objects wrote it: totals per deployment and host. */
import { and, eq, ne, sql } from "drizzle-orm";
import { POSTED_HOST, type StoredCounts, type TeeCounter } from "../../../core/report/ledger.ts";
import { responsePairs, routes } from "../../../migrations/schema.ts";
import { teeCounters } from "../../../migrations/tee-tables.ts";
import { type Database, isOneOf } from "./database.ts";

const t = teeCounters;

/** The hosts that ever counted something for a deployment. */
export async function readCountingHosts(db: Database, deploymentId: string): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ host: t.host })
    .from(t)
    .where(and(eq(t.deploymentId, deploymentId), ne(t.host, POSTED_HOST)));
  return rows.map(({ host }) => host);
}

export interface Counted {
  readonly counters: readonly TeeCounter[];
  readonly stored: StoredCounts;
  /** Requests that met no table, by host. */
  readonly unrouted: ReadonlyMap<string, number>;
}

/** One transaction: counters and stored pairs are of the same moment. */
export async function readCounted(db: Database, deploymentId: string, hosts: readonly string[]): Promise<Counted> {
  const { host, counter, value, updatedAt } = t;
  const [counters, unrouted, [totals], failures] = await db.batch([
    db.select({ host, counter, value, updatedAt }).from(t).where(eq(t.deploymentId, deploymentId)),
    db
      .select({ host, value })
      .from(t)
      .where(and(eq(t.deploymentId, ""), eq(counter, "unrouted"), isOneOf(host, hosts))),
    db
      .select({ pairs: total(routes.pairs), shadowFailed: total(routes.shadowFailed) })
      .from(routes)
      .where(eq(routes.deploymentId, deploymentId)),
    failuresOf(db, deploymentId),
  ]);
  return {
    counters,
    unrouted: new Map(unrouted.map((row) => [row.host, row.value])),
    stored: {
      pairs: totals?.pairs ?? 0,
      shadowFailed: totals?.shadowFailed ?? 0,
      shadowFailedReasons: Object.fromEntries(failures.map(({ reason, pairs }) => [reason ?? "", pairs])),
    },
  };
}

/** Reads the rows of routes on which the shadow failed at all, and no other ones. */
function failuresOf(db: Database, deploymentId: string) {
  const p = responsePairs;
  const { shadowFailed: reason } = p;
  return db
    .select({ reason, pairs: sql<number>`count(*)` })
    .from(routes)
    .innerJoin(p, and(eq(p.deploymentId, routes.deploymentId), eq(p.route, routes.route)))
    .where(
      and(eq(routes.deploymentId, deploymentId), sql`${routes.shadowFailed} > 0`, sql`${p.shadowFailed} IS NOT NULL`),
    )
    .groupBy(reason);
}

function total(column: typeof routes.pairs | typeof routes.shadowFailed) {
  return sql<number>`coalesce(sum(${column}), 0)`;
}
