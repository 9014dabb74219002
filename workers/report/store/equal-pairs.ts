/**
 * Byte-equal pairs that were settled in the tee and have no row: counts and latencies per route, added up over hosts and over
 * what the tee takes for routes of their own (`route-names.ts`).
 */
import { max, sum } from "drizzle-orm";
import { addBuckets } from "../../../core/report/latency.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";
import { equalPairs } from "../../../migrations/tee-tables.ts";
import { readStored } from "../endpoints/stored.ts";
import { BucketsSchema } from "./buckets.ts";
import { type Database, isOneOf } from "./database.ts";
import { readRouteNames } from "./route-names.ts";

const e = equalPairs;

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

export interface EqualCountsOfRoute extends EqualCounts {
  readonly deploymentId: string;
  readonly route: string;
}

/** By deployment and route, without the latencies. */
export async function readEqualCounts(
  db: Database,
  deploymentIds: readonly string[],
): Promise<readonly EqualCountsOfRoute[]> {
  const { deploymentId, route } = e;
  const [nameOf, rows] = await Promise.all([
    readRouteNames(db, deploymentIds),
    db
      .select({
        deploymentId,
        route,
        pairs: sum(e.pairs).mapWith(Number),
        secondAnswers: sum(e.secondAnswers).mapWith(Number),
      })
      .from(e)
      .where(isOneOf(deploymentId, deploymentIds))
      .groupBy(deploymentId, route),
  ]);
  const named = rows.map((row) => ({ ...row, route: nameOf(row.deploymentId, row.route) }));
  const groups = Map.groupBy(named, (row) => `${row.deploymentId} ${row.route}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, ...group.reduce<EqualCounts>(countsOf, NO_PAIRS) }];
  });
}

const NO_PAIRS: EqualCounts = { pairs: 0, secondAnswers: 0 };

function countsOf(one: EqualCounts, other: EqualCounts): EqualCounts {
  return { pairs: one.pairs + other.pairs, secondAnswers: one.secondAnswers + other.secondAnswers };
}

export interface EqualRoute extends EqualCounts {
  readonly prod: LatencyBuckets;
  readonly shadow: LatencyBuckets;
  readonly control: LatencyBuckets;
}

/** By deployment, then route. */
export type EqualRoutes = ReadonlyMap<string, ReadonlyMap<string, EqualRoute>>;

/** With their latencies. */
export async function readEqualRoutesOf(db: Database, deploymentIds: readonly string[]): Promise<EqualRoutes> {
  const [nameOf, rows] = await Promise.all([
    readRouteNames(db, deploymentIds),
    db.select().from(e).where(isOneOf(e.deploymentId, deploymentIds)),
  ]);
  const all = new Map<string, Map<string, EqualRoute>>();
  for (const row of rows) {
    const routes = all.get(row.deploymentId) ?? new Map<string, EqualRoute>();
    all.set(row.deploymentId, routes);
    const route = nameOf(row.deploymentId, row.route);
    const before = routes.get(route);
    const own = routeOfRow(row);
    routes.set(route, before === undefined ? own : added(before, own));
  }
  return all;
}

/** One deployment's routes. */
export async function readEqualRoutes(db: Database, deploymentId: string): Promise<ReadonlyMap<string, EqualRoute>> {
  return (await readEqualRoutesOf(db, [deploymentId])).get(deploymentId) ?? new Map<string, EqualRoute>();
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
    ...countsOf(one, other),
    prod: addBuckets(one.prod, other.prod),
    shadow: addBuckets(one.shadow, other.shadow),
    control: addBuckets(one.control, other.control),
  };
}
