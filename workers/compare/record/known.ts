/** What the tables already know about a batch: stored pairs, route memories, drifts with examples. One query each. */
import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { RouteMemory } from "../../../core/verdict/case.ts";
import { drifts, responsePairs, routes } from "../../../migrations/schema.ts";

/** A drift or a route of one deployment, as a key of a map. */
export function keyOf(deploymentId: string, name: string): string {
  return `${deploymentId} ${name}`;
}

/** Ids of the given ones that are stored. */
export async function storedPairs(db: D1Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await drizzle(db)
    .select({ id: responsePairs.id })
    .from(responsePairs)
    .where(sql`${responsePairs.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return new Set(rows.map((r) => r.id));
}

export interface Named {
  readonly deploymentId: string;
  readonly name: string;
}

/** Memories by `keyOf(deploymentId, route)`; routes without a pair have none. */
export async function routeMemories(db: D1Database, wanted: readonly Named[]): Promise<Map<string, RouteMemory>> {
  const rows = await drizzle(db)
    .select()
    .from(routes)
    .where(among(sql`${routes.deploymentId}, ${routes.route}`, wanted));
  return new Map(
    rows.map((r) => [
      keyOf(r.deploymentId, r.route),
      {
        pairs: r.pairs,
        slow: r.slow,
        secondAnswers: r.secondAnswers,
        learnedNoise: countsOf(r.learnedNoise),
        differed: countsOf(r.shadowDiffered),
      },
    ]),
  );
}

/** Drifts of one query: some 70 B each, and a parameter may have 2,000,000 B (https://developers.cloudflare.com/d1/platform/limits/). */
const MAX_WANTED = 10_000;

/**
 * How many examples each drift has, by `keyOf(deploymentId, signature)`, counting drifts only. Documents that changed
 * altogether have many thousands.
 */
export async function exampleCounts(db: D1Database, wanted: readonly Named[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let start = 0; start < wanted.length; start += MAX_WANTED)
    for (const [key, examples] of await exampleCountsOfSome(db, wanted.slice(start, start + MAX_WANTED)))
      counts.set(key, examples);
  return counts;
}

async function exampleCountsOfSome(db: D1Database, wanted: readonly Named[]): Promise<Map<string, number>> {
  const rows = await drizzle(db)
    .select({
      deploymentId: drifts.deploymentId,
      signature: drifts.signature,
      examples: sql<number>`json_array_length(${drifts.examples})`,
    })
    .from(drifts)
    .where(sql`${drifts.count} > 0 AND ${among(sql`${drifts.deploymentId}, ${drifts.signature}`, wanted)}`);
  return new Map(rows.map((r) => [keyOf(r.deploymentId, r.signature), r.examples]));
}

function among(columns: SQL, wanted: readonly Named[]): SQL {
  const json = JSON.stringify(wanted);
  return sql`(${columns}) IN (SELECT value ->> '$.deploymentId', value ->> '$.name' FROM json_each(${json}))`;
}

function countsOf(json: string): Record<string, number> {
  const parsed: unknown = JSON.parse(json);
  const entries = Object.entries(typeof parsed === "object" && parsed !== null ? parsed : {});
  return Object.fromEntries(entries.filter((e): e is [string, number] => typeof e[1] === "number"));
}
