/**
 * The cron's second task: routes of a repository that look like one are proposed as merges. Names are found by the tables alone;
 * whether the answers are alike is read from a few kept ones. Nothing follows from a proposal until a person accepts it.
 */
import { eq, gt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type MergeCandidate, mergeCandidates } from "../../core/pair/merges.ts";
import { answered, type Observation } from "../../core/pair/pair.ts";
import { areAlike, shapeOf } from "../../core/pair/shape.ts";
import { responsePairs, routeAliases, routes, shadowDeployments } from "../../migrations/schema.ts";
import { inflate } from "./message/inflate.ts";

/** Routes without a pair for that long have been looked at before. */
const RECENT_MS = 15 * 60_000;

/** Rows read per run, answers per candidate, and the largest kept exchange that is read: 2 sides of 256 KB and their controls. */
const MAX_ROWS = 5_000;
const SAMPLES = 4;
const MAX_EXCHANGE_BYTES = 4 * 1024 * 1024;

export interface ProposeContext {
  readonly db: D1Database;
  readonly bucket: R2Bucket;
  readonly now: number;
}

/** Returns how many routes were proposed. What was proposed, accepted or refused before stays as it is. */
export async function proposeMerges(context: ProposeContext): Promise<number> {
  const byRepository = Map.groupBy(await recentRoutes(context), (row) => row.repoId);
  let proposed = 0;
  for (const [repoId, rows] of byRepository)
    for (const candidate of mergeCandidates(rows.map((row) => row.route)))
      if (await answersAreAlike(context, repoId, candidate)) proposed += await propose(context, repoId, candidate);
  if (proposed > 0) console.log(JSON.stringify({ event: "merges-proposed", routes: proposed }));
  return proposed;
}

function recentRoutes({ db, now }: ProposeContext) {
  return drizzle(db)
    .selectDistinct({ repoId: shadowDeployments.repoId, route: routes.route })
    .from(routes)
    .innerJoin(shadowDeployments, eq(shadowDeployments.id, routes.deploymentId))
    .where(gt(routes.lastPairAt, now - RECENT_MS))
    .limit(MAX_ROWS);
}

/** One kept answer of each of some routes; without two of them nothing is known. */
async function answersAreAlike(context: ProposeContext, repoId: number, { routes: names }: MergeCandidate) {
  const keys = await drizzle(context.db)
    .select({ key: sql<string>`max(${responsePairs.bodyKey})` })
    .from(responsePairs)
    .innerJoin(shadowDeployments, eq(shadowDeployments.id, responsePairs.deploymentId))
    .where(
      sql`${shadowDeployments.repoId} = ${repoId} AND ${responsePairs.bodyKey} IS NOT NULL
        AND ${responsePairs.route} IN (SELECT value FROM json_each(${JSON.stringify(names)}))`,
    )
    .groupBy(responsePairs.route)
    .orderBy(responsePairs.route)
    .limit(SAMPLES);
  const answers = await Promise.all(keys.map(({ key }) => keptAnswer(context.bucket, key)));
  const [first, ...others] = answers.filter((side) => side !== undefined && answered(side)).map(shapeOf);
  return first !== undefined && others.length > 0 && others.every((shape) => areAlike(first, shape));
}

async function keptAnswer(bucket: R2Bucket, key: string): Promise<Observation | undefined> {
  const object = await bucket.get(key);
  if (object === null || object.size > MAX_EXCHANGE_BYTES) return undefined;
  const text = await inflate(new Uint8Array(await object.arrayBuffer()));
  // The consumer itself wrote it, as `bodies.ts` does.
  return text.ok ? (JSON.parse(text.value) as { readonly prod: Observation }).prod : undefined;
}

async function propose({ db, now }: ProposeContext, repoId: number, { target, routes: names }: MergeCandidate) {
  const rows = names.map((route) => ({ repoId, route, target, state: "proposed" as const, updatedAt: now }));
  const json = JSON.stringify(rows);
  const { meta } = await drizzle(db).run(sql`INSERT INTO ${routeAliases} (repo_id, route, target, state, updated_at)
    SELECT value ->> '$.repoId', value ->> '$.route', value ->> '$.target', value ->> '$.state', value ->> '$.updatedAt'
    FROM json_each(${json}) WHERE true ON CONFLICT DO NOTHING`);
  return meta.changes;
}
