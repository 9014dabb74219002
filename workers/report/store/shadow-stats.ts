/**
 * Latencies and deltas of many deployments at once. What all routes of a deployment add up to is kept with the number of its pairs, so a read
 * costs one small row of each, and works out again only those that got pairs since. A write on reading, but a cache's: it repeats itself.
 */
import { isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { addBuckets } from "../../../core/report/latency.ts";
import { type CorridorSums, corridorOfEqual, mergeCorridors } from "../../../core/report/shadow-stats.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";
import { decisions, routes, shadowDeployments } from "../../../migrations/schema.ts";
import { shadowStats } from "../../../migrations/shadow-tables.ts";
import { readStored } from "../endpoints/stored.ts";
import { type Database, isOneOf } from "./database.ts";
import { type EqualRoutes, readEqualRoutesOf, readEqualTotals } from "./equal-pairs.ts";
import { readTotals } from "./routes.ts";

/**
 * Deployments that are worked out again in one read, those first that got most pairs. With more of them at once, the next reads catch up.
 * Those that nobody ever asked for are always worked out: nothing is better said of them than what is some pairs old.
 */
const MAX_REFRESHED = 10;

/** One deployment's. */
export interface ShadowSums {
  readonly deploymentId: string;
  readonly pairs: number;
  readonly latencies: LatencyBuckets;
  readonly corridors: readonly CorridorSums[];
}

/** Deployments that are not closed. */
export async function readOpenIds(db: Database): Promise<readonly string[]> {
  const { id, state } = shadowDeployments;
  // As text and not as a parameter: only so the database sees that the index of the open ones fits.
  const rows = await db.select({ id }).from(shadowDeployments).where(sql`${state} <> 'closed'`);
  return rows.map((row) => row.id);
}

/** The model that decided last, with the version of its question; null where none ever did. */
export async function readLastModel(db: Database): Promise<string | null> {
  const { modelVersion, updatedAt } = decisions;
  const [row] = await db
    .select({ modelVersion })
    .from(decisions)
    .where(isNotNull(modelVersion))
    .orderBy(sql`${updatedAt} DESC`)
    .limit(1);
  return row?.modelVersion ?? null;
}

/** Three queries while no pair came, some more otherwise. */
export async function readShadowSums(db: Database, deploymentIds: readonly string[]): Promise<readonly ShadowSums[]> {
  // Before what is worked out: pairs that come in between are then counted by the next read.
  const [pairsOf, kept] = await Promise.all([readPairCounts(db, deploymentIds), readKept(db, deploymentIds)]);
  const keptOf = new Map(kept.map((one) => [one.deploymentId, one]));
  const missing = [...pairsOf.keys()].filter((id) => !keptOf.has(id));
  const grown = kept
    .map(({ deploymentId, pairs }) => ({ deploymentId, by: Math.abs((pairsOf.get(deploymentId) ?? 0) - pairs) }))
    .filter(({ by }) => by > 0)
    .toSorted((a, b) => b.by - a.by)
    .slice(0, MAX_REFRESHED);
  const wanted = [...missing, ...grown.map(({ deploymentId }) => deploymentId)];
  if (wanted.length === 0) return kept;
  const fresh = await workOut(db, wanted, pairsOf);
  await keep(db, fresh);
  return [...new Map([...kept, ...fresh].map((one) => [one.deploymentId, one])).values()];
}

/** Of deployments that have some; those without a row included. */
async function readPairCounts(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const [rows, equals] = await Promise.all([readTotals(db, ids), readEqualTotals(db, ids)]);
  const counts = new Map<string, number>();
  for (const { deploymentId, pairs } of [...rows, ...equals])
    counts.set(deploymentId, (counts.get(deploymentId) ?? 0) + pairs);
  return counts;
}

const BucketsSchema = z.record(z.string(), z.number());
const CorridorsSchema = z.array(z.tuple([z.string(), z.number(), z.number(), z.number()]));

async function readKept(db: Database, ids: readonly string[]): Promise<readonly ShadowSums[]> {
  const rows = await db.select().from(shadowStats).where(isOneOf(shadowStats.deploymentId, ids));
  return rows.map(({ deploymentId, pairs, latencies, corridors }) => ({
    deploymentId,
    pairs,
    latencies: readStored(latencies, BucketsSchema, {}),
    corridors: readStored(corridors, CorridorsSchema, []).map(([corridor, count, sum, max]) => ({
      corridor,
      count,
      sum,
      max,
    })),
  }));
}

async function workOut(
  db: Database,
  ids: readonly string[],
  pairsOf: ReadonlyMap<string, number>,
): Promise<readonly ShadowSums[]> {
  const [deltas, buckets, equals] = await Promise.all([
    readDeltas(db, ids),
    readShadowBuckets(db, ids),
    readEqualRoutesOf(db, ids),
  ]);
  return ids.map((deploymentId) => {
    const settled = settledOf(equals, deploymentId);
    const own = deltas.filter((row) => row.deploymentId === deploymentId);
    const rows = own.map(({ route, count, sum, max }) => ({ corridor: route, count, sum, max: max ?? 0 }));
    const latencies = Object.fromEntries(
      buckets.filter((row) => row.deploymentId === deploymentId).map(({ bucket, count }) => [bucket, count]),
    );
    return {
      deploymentId,
      pairs: pairsOf.get(deploymentId) ?? 0,
      latencies: settled.reduce((sum, [, equal]) => addBuckets(sum, equal.shadow), latencies),
      corridors: mergeCorridors([...rows, ...settled.flatMap(([route, equal]) => corridorOfEqual(route, equal) ?? [])]),
    };
  });
}

function settledOf(equals: EqualRoutes, deploymentId: string) {
  return [...(equals.get(deploymentId)?.entries() ?? [])];
}

function readDeltas(db: Database, ids: readonly string[]) {
  const { deploymentId, route, deltaCount, deltaSum, deltaMax } = routes;
  return db
    .select({ deploymentId, route, count: deltaCount, sum: deltaSum, max: deltaMax })
    .from(routes)
    .where(isOneOf(deploymentId, ids));
}

/** Added up by the database: the sketches of all sides and routes are a hundred times as long as what is wanted of them. */
function readShadowBuckets(db: Database, ids: readonly string[]) {
  return db.all<{ readonly deploymentId: string; readonly bucket: string; readonly count: number }>(sql`
    SELECT r.deployment_id AS deploymentId, substr(l.key, 8) AS bucket, sum(l.value) AS count
    FROM json_each(${JSON.stringify(ids)}) AS d CROSS JOIN ${routes} AS r ON r.deployment_id = d.value CROSS JOIN json_each(r.latencies) AS l
    WHERE l.key GLOB 'shadow:*' GROUP BY 1, 2`);
}

async function keep(db: Database, fresh: readonly ShadowSums[]): Promise<void> {
  const rows = fresh.map(({ deploymentId, pairs, latencies, corridors }) => ({
    deploymentId,
    pairs,
    latencies: JSON.stringify(latencies),
    corridors: JSON.stringify(corridors.map(({ corridor, count, sum, max }) => [corridor, count, sum, max])),
  }));
  await db.run(sql`INSERT INTO ${shadowStats} (deployment_id, pairs, latencies, corridors)
    SELECT value ->> '$.deploymentId', value ->> '$.pairs', value ->> '$.latencies', value ->> '$.corridors'
    FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (deployment_id) DO UPDATE SET pairs = excluded.pairs, latencies = excluded.latencies, corridors = excluded.corridors`);
}
