/** Byte-equal pairs that were settled in the tee and have no row: counts and latencies per route, added up over hosts. */
import { eq, max, sum } from "drizzle-orm";
import { z } from "zod";
import { addBuckets } from "../../../core/report/latency.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";
import { equalPairs } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import { type Database, isOneOf } from "./database.ts";

const e = equalPairs;
const BucketsSchema = z.record(z.string(), z.number());

export interface EqualTotals {
  readonly deploymentId: string;
  readonly pairs: number;
  readonly lastAt: number;
}

/** One row per deployment that has some. */
export async function readEqualTotals(db: Database, deploymentIds: readonly string[]): Promise<readonly EqualTotals[]> {
  return db
    .select({
      deploymentId: e.deploymentId,
      pairs: sum(e.pairs).mapWith(Number),
      lastAt: max(e.lastAt).mapWith(Number),
    })
    .from(e)
    .where(isOneOf(e.deploymentId, deploymentIds))
    .groupBy(e.deploymentId);
}

export interface EqualCounts {
  readonly pairs: number;
  readonly secondAnswers: number;
}

/** By deployment and route, without the latencies. */
export async function readEqualCounts(db: Database, deploymentIds: readonly string[]) {
  const { deploymentId, route } = e;
  return db
    .select({
      deploymentId,
      route,
      pairs: sum(e.pairs).mapWith(Number),
      secondAnswers: sum(e.secondAnswers).mapWith(Number),
    })
    .from(e)
    .where(isOneOf(deploymentId, deploymentIds))
    .groupBy(deploymentId, route);
}

export interface EqualRoute extends EqualCounts {
  readonly prod: LatencyBuckets;
  readonly shadow: LatencyBuckets;
  readonly control: LatencyBuckets;
}

/** One deployment's routes, hosts added up. */
export async function readEqualRoutes(db: Database, deploymentId: string): Promise<ReadonlyMap<string, EqualRoute>> {
  const rows = await db.select().from(e).where(eq(e.deploymentId, deploymentId));
  const routes = new Map<string, EqualRoute>();
  for (const row of rows) {
    const before = routes.get(row.route);
    const own = routeOfRow(row);
    routes.set(row.route, before === undefined ? own : added(before, own));
  }
  return routes;
}

function routeOfRow(row: typeof e.$inferSelect): EqualRoute {
  const buckets = (text: string) => readStored(text, BucketsSchema, {});
  return {
    pairs: row.pairs,
    secondAnswers: row.secondAnswers,
    prod: buckets(row.prodLatency),
    shadow: buckets(row.shadowLatency),
    control: buckets(row.controlLatency),
  };
}

function added(one: EqualRoute, other: EqualRoute): EqualRoute {
  return {
    pairs: one.pairs + other.pairs,
    secondAnswers: one.secondAnswers + other.secondAnswers,
    prod: addBuckets(one.prod, other.prod),
    shadow: addBuckets(one.shadow, other.shadow),
    control: addBuckets(one.control, other.control),
  };
}
