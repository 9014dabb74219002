/**
 * Stored pairs as material for conditions: the newest of each route, and the newest that show each drift, in one query each
 * for all drifts of a report.
 */
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { VerdictGroup } from "../../../core/report/standing.ts";
import { responsePairs, verdicts } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import type { Database } from "./database.ts";

export interface ObservedRow {
  readonly id: string;
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly features: readonly string[] | null;
  readonly bytes: number;
  readonly bodyKey: string | null;
  /** The column `verdicts.signatures`. */
  readonly signatures: string;
}

/** Pairs that are read of each drift and each route at most, and in all. They are a few hundred bytes each. */
export const MAX_OF_EACH = 2_000;
const MAX_OF_ALL = 6_000;
const MIN_OF_EACH = 100;

const FeaturesSchema = z.array(z.string()).nullable();

const p = responsePairs;
const v = verdicts;

/** The newest pairs of each route, whatever they show. */
export async function readNewestOfRoutes(db: Database, deploymentId: string, routes: readonly string[]) {
  const ids = sql`SELECT n.id FROM ${p} AS n WHERE n.deployment_id = ${deploymentId} AND n.route = g.value
    ORDER BY n.id DESC LIMIT ${ofEach(routes.length)}`;
  return readRows(db, { groups: JSON.stringify(routes), ids });
}

/** The newest pairs of each list of groups, such as all groups in which one drift counts. */
export async function readNewestOfGroups(
  db: Database,
  deploymentId: string,
  drifts: readonly (readonly VerdictGroup[])[],
) {
  const groups = drifts.map((own) => own.map(({ signatures, verdict }) => [signatures, verdict]));
  const ids = sql`SELECT n.pair_id FROM json_each(g.value) AS t CROSS JOIN ${v} AS n
    WHERE n.deployment_id = ${deploymentId} AND n.signatures = json_extract(t.value, '$[0]')
      AND n.verdict = json_extract(t.value, '$[1]')
    ORDER BY n.pair_id DESC LIMIT ${ofEach(drifts.length)}`;
  return readRows(db, { groups: JSON.stringify(groups), ids });
}

/** These pairs. */
export async function readObserved(db: Database, pairIds: readonly string[]) {
  return readRows(db, { groups: JSON.stringify(pairIds), ids: sql`g.value` });
}

function ofEach(count: number): number {
  return Math.max(MIN_OF_EACH, Math.min(MAX_OF_EACH, Math.floor(MAX_OF_ALL / Math.max(1, count))));
}

interface RawRow extends Omit<ObservedRow, "features"> {
  readonly features: string | null;
}

/** Each pair once, though several groups may want it. */
async function readRows(
  db: Database,
  { groups, ids }: { readonly groups: string; readonly ids: SQL },
): Promise<readonly ObservedRow[]> {
  const rows = await db.all<RawRow>(sql`
    SELECT o.id, o.route, o.method, o.path, o.features, o.prod_bytes + o.shadow_bytes AS bytes,
      o.body_key AS bodyKey, w.signatures
    FROM json_each(${groups}) AS g CROSS JOIN ${p} AS o ON o.id IN (${ids}) CROSS JOIN ${v} AS w ON w.pair_id = o.id`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return Array.from(byId.values(), (row) => ({
    ...row,
    features: row.features === null ? null : readStored(row.features, FeaturesSchema, null),
  }));
}
