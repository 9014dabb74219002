/**
 * What the deployments of a batch say about comparing, with the route merges of their repositories. One query for those that
 * this isolate has not read in the last half minute; a contract is dear to read and to compile, and it seldom changes.
 */
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type CompareSettings, DEFAULT_COMPARE_SETTINGS } from "../../../core/compare/settings.ts";
import { routeAliases, shadowDeployments } from "../../../migrations/schema.ts";

/** How long a change of settings may take to be followed. */
export const SETTINGS_MAX_AGE_MS = 30_000;

/** Deployments that are remembered: some with a contract of half a megabyte, in 128 MB. */
const MAX_REMEMBERED = 50;

interface Remembered {
  readonly settings: CompareSettings;
  readonly readAt: number;
}

/** By deployment id, the oldest first. */
const remembered = new Map<string, Remembered>();

/** By deployment id. A deployment without a row has none, and is compared the ordinary way. */
export async function compareSettings(
  db: D1Database,
  pairs: readonly { readonly deploymentId: string }[],
  now: number,
): Promise<ReadonlyMap<string, CompareSettings>> {
  const wanted = [...new Set(pairs.map((pair) => pair.deploymentId))];
  const missing = wanted.filter((id) => !isFresh(remembered.get(id), now));
  const read = missing.length === 0 ? new Map<string, CompareSettings>() : await readSettings(db, missing);
  for (const id of missing) remembered.delete(id);
  for (const [id, settings] of read) remembered.set(id, { settings, readAt: now });
  const found = wanted.flatMap((id) => {
    const settings = remembered.get(id)?.settings;
    return settings === undefined ? [] : [[id, settings] as const];
  });
  for (const id of [...remembered.keys()].slice(0, Math.max(0, remembered.size - MAX_REMEMBERED)))
    remembered.delete(id);
  return new Map(found);
}

function isFresh(entry: Remembered | undefined, now: number): boolean {
  return entry !== undefined && now - entry.readAt < SETTINGS_MAX_AGE_MS && now >= entry.readAt;
}

async function readSettings(db: D1Database, ids: readonly string[]): Promise<Map<string, CompareSettings>> {
  const t = shadowDeployments;
  const rows = await drizzle(db)
    .select({ id: t.id, settings: t.compareSettings, aliases: aliasesOf() })
    .from(t)
    .where(sql`${t.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return new Map(
    rows.map(({ id, settings, aliases }) => [
      id,
      { ...DEFAULT_COMPARE_SETTINGS, ...settings, aliases: textsIn(aliases) },
    ]),
  );
}

/** A merge that was refused keeps its route apart from the targets of others. */
function aliasesOf() {
  const a = routeAliases;
  return sql<string>`(SELECT json_group_object(${a.route}, CASE ${a.state} WHEN 'accepted' THEN ${a.target} ELSE ${a.route} END)
    FROM ${a} WHERE ${a.repoId} = ${shadowDeployments.repoId} AND ${a.state} <> 'proposed')`;
}

function textsIn(json: string): Record<string, string> {
  const parsed: unknown = JSON.parse(json);
  const entries = Object.entries(typeof parsed === "object" && parsed !== null ? parsed : {});
  return Object.fromEntries(entries.filter((e): e is [string, string] => typeof e[1] === "string"));
}
