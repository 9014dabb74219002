/**
 * Latencies and deltas of many deployments at once. What all routes of a deployment add up to is one of the kept answers (`answers.ts`), so a read
 * costs one small row of each, and works out again only those that changed since.
 */
import { isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { addBuckets } from "../../../core/report/latency.ts";
import { type CorridorSums, corridorOfEqual, mergeCorridors } from "../../../core/report/shadow-stats.ts";
import type { LatencyBuckets } from "../../../core/wire/sync.ts";
import { decisions, routes, shadowDeployments } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import { type AgingAnswer, keepAnswers, readAgingAnswers } from "./answers.ts";
import { BucketsSchema } from "./buckets.ts";
import { type Database, isOneOf } from "./database.ts";
import { type EqualRoutes, readEqualRoutesOf } from "./equal-pairs.ts";

/**
 * Deployments that are worked out again in one read, those first that changed most. With more of them at once, the next reads catch up.
 * Those that nobody ever asked for are always worked out: nothing is better said of them than what is some pairs old.
 */
const MAX_REFRESHED = 10;
/** Deployments that are worked out together by the clock: the sketches of 50 are some 4 MB. */
const REFRESHED_AT_ONCE = 50;

/** One deployment's. */
export interface ShadowSums {
  readonly deploymentId: string;
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

/** One query while nothing changed, some more otherwise. `mostRefreshed`: of those whose rows changed, for readers who can wait. */
export async function readShadowSums(
  db: Database,
  deploymentIds: readonly string[],
  mostRefreshed = MAX_REFRESHED,
): Promise<readonly ShadowSums[]> {
  // Versions come before what is worked out: pairs that come in between are then counted by the next read.
  const known = (await readAgingAnswers(db, "shadow", deploymentIds)).map((answer) => ({
    answer,
    sums: sumsOf(answer),
  }));
  const missing = known.filter(({ sums }) => sums === null);
  const changed = known
    .filter(({ answer, sums }) => sums !== null && answer.behind > 0)
    .toSorted((one, other) => other.answer.behind - one.answer.behind)
    .slice(0, mostRefreshed);
  const wanted = [...missing, ...changed].map(({ answer }) => answer);
  const kept = known.flatMap(({ sums }) => sums ?? []);
  if (wanted.length === 0) return kept;
  const fresh = await workOut(
    db,
    wanted.map(({ deploymentId }) => deploymentId),
  );
  const byId = new Map(fresh.map((one) => [one.deploymentId, one]));
  await keepAnswers(
    db,
    "shadow",
    wanted.map((answer) => ({ ...answer, body: bodyOf(byId.get(answer.deploymentId)) })),
  );
  return [...new Map([...kept, ...fresh].map((one) => [one.deploymentId, one])).values()];
}

/** Works out all open deployments whose rows changed, so that the next reader finds them as they are. */
export async function refreshShadowSums(db: Database): Promise<void> {
  const ids = await readOpenIds(db);
  for (let start = 0; start < ids.length; start += REFRESHED_AT_ONCE)
    await readShadowSums(db, ids.slice(start, start + REFRESHED_AT_ONCE), REFRESHED_AT_ONCE);
}

const StoredSumsSchema = z.object({
  latencies: BucketsSchema,
  /** Route, count, sum and greatest, in milliseconds. */
  corridors: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()])),
});

/** Null where nothing readable is kept. */
function sumsOf({ deploymentId, body }: AgingAnswer): ShadowSums | null {
  const stored = body === null ? null : readStored(body, StoredSumsSchema.nullable(), null);
  if (stored === null) return null;
  const corridors = stored.corridors.map(([corridor, count, sum, max]) => ({ corridor, count, sum, max }));
  return { deploymentId, latencies: stored.latencies, corridors };
}

function bodyOf(sums: ShadowSums | undefined): string | null {
  if (sums === undefined) return null;
  const { latencies, corridors } = sums;
  const stored: z.infer<typeof StoredSumsSchema> = {
    latencies,
    corridors: corridors.map(({ corridor, count, sum, max }) => [corridor, count, sum, max]),
  };
  return JSON.stringify(stored);
}

async function workOut(db: Database, ids: readonly string[]): Promise<readonly ShadowSums[]> {
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
