/**
 * Examples as SQL has them: what `core/pair/examples.ts` says of candidates, of pairs that are stored. The kind of a request is its
 * statuses, and what its query, headers and body say.
 */
import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type Candidate, MAX_EXAMPLES } from "../../../core/pair/examples.ts";
import { drifts, responsePairs } from "../../../migrations/schema.ts";
import { keyOf, type Named } from "./known.ts";
import { pairRow, type RecordablePair } from "./rows.ts";

/** What a place in the path says (`path:{id}=17`) is another one for each pair. */
const NO_KIND = "path:";

export function candidateOf(pair: Pick<RecordablePair, "captured" | "route">): Candidate {
  const row = pairRow({ ...pair, equal: false, bodyKey: null }, "");
  const { id, prodBytes, shadowBytes, prodStatus, shadowStatus, shadowFailed, features } = row;
  const parsed: unknown = JSON.parse(features ?? "[]");
  const all: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  const said = all.filter((one): one is string => typeof one === "string" && !one.startsWith(NO_KIND));
  const statuses = `${prodStatus ?? ""}/${shadowStatus ?? shadowFailed ?? ""}`;
  return { id, bytes: prodBytes + shadowBytes, kind: [statuses, ...said].join("\n") };
}

function kindOf(): SQL {
  return sql`coalesce(p.prod_status, '') || '/' || coalesce(p.shadow_status, p.shadow_failed, '')
    || coalesce((SELECT group_concat(char(10) || f.value, '') FROM json_each(p.features) AS f WHERE f.value NOT LIKE ${`${NO_KIND}%`}), '')`;
}

/** The best of two JSON arrays of stored pairs' ids, as a JSON array. */
export function bestOf(left: SQL, right: SQL): SQL {
  return sql`(SELECT json_group_array(id) FROM (SELECT id FROM (
      SELECT id, bytes, row_number() OVER (PARTITION BY kind ORDER BY bytes, id) AS turn FROM (
        SELECT p.id AS id, p.prod_bytes + p.shadow_bytes AS bytes, ${kindOf()} AS kind FROM response_pairs AS p
        WHERE p.id IN (SELECT value FROM json_each(${left}) UNION SELECT value FROM json_each(${right}))))
    ORDER BY turn, bytes, id LIMIT ${sql.raw(String(MAX_EXAMPLES))}))`;
}

/** Drifts whose examples are read for a batch: 20 rows each. Of more, those beyond keep what they have. */
const MAX_READ = 200;

/** The examples of drifts that have all they may have, by `keyOf(deploymentId, signature)`. */
export async function fullExamples(db: D1Database, full: readonly Named[]): Promise<Map<string, readonly Candidate[]>> {
  if (full.length === 0) return new Map();
  const json = JSON.stringify(full.slice(0, MAX_READ));
  const rows = await drizzle(db).all<Candidate & { readonly deploymentId: string; readonly signature: string }>(
    sql`SELECT d.deployment_id AS deploymentId, d.signature AS signature, p.id AS id, p.prod_bytes + p.shadow_bytes AS bytes,
        ${kindOf()} AS kind
      FROM json_each(${json}) AS w
      JOIN ${drifts} AS d ON d.deployment_id = w.value ->> '$.deploymentId' AND d.signature = w.value ->> '$.name'
      JOIN json_each(d.examples) AS e JOIN ${responsePairs} AS p ON p.id = e.value`,
  );
  return Map.groupBy(rows, (row) => keyOf(row.deploymentId, row.signature));
}
