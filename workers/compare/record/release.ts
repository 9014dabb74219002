/**
 * Lets go of the answers that no drift shows any more: better examples took their places, or other consumers were quicker. Rows first, so
 * that none names an object that is not there; what is lost between the two is left to the bucket's lifecycle.
 */
import { type SQL, sql } from "drizzle-orm";
import type { MAX_EXAMPLES } from "../../../core/pair/examples.ts";
import { drifts, responsePairs, verdicts } from "../../../migrations/schema.ts";
import { bodyKeyOf } from "./bodies.ts";
import { driftEntries, type Recordable } from "./rows.ts";
import { prepared } from "./statement.ts";

/** Keys of one call of the bucket (https://developers.cloudflare.com/r2/api/workers/workers-api-reference/). */
const MAX_RELEASED = 1_000;

/** Drifts of a batch that are looked at: 20 ids each. Of more, those beyond leave their answers to the lifecycle. */
const MAX_LOOKED_AT = 200;

/** The examples of the batch's drifts that have at least so many; run before the batch is counted, and after it for full ones. */
export function examplesOf(rows: readonly Recordable[], atLeast: 1 | typeof MAX_EXAMPLES): SQL {
  const shown = rows.flatMap((r) => driftEntries(r).map(({ deploymentId, signature }) => [deploymentId, signature]));
  const json = JSON.stringify([...new Map(shown.map((key) => [key.join(" "), key])).values()]);
  return sql`SELECT deployment_id || ' ' || signature AS drift, examples FROM ${drifts}
    WHERE (deployment_id, signature) IN (SELECT value ->> '$[0]', value ->> '$[1]' FROM json_each(${json}))
      AND json_array_length(examples) >= ${sql.raw(String(atLeast))}
    ORDER BY deployment_id, signature LIMIT ${sql.raw(String(MAX_LOOKED_AT))}`;
}

export interface DriftExamples {
  readonly drift: string;
  /** JSON array of pair ids. */
  readonly examples: string;
}

/** Ids that were examples before and are none of the same drift's now. Only a full drift loses one. */
export function displacedBy(before: readonly DriftExamples[], after: readonly DriftExamples[]): readonly string[] {
  const now = new Map(after.map(({ drift, examples }) => [drift, examples]));
  return before.flatMap(({ drift, examples }) => {
    const kept = now.get(drift);
    if (kept === undefined || kept === examples) return [];
    const still = new Set(idsIn(kept));
    return idsIn(examples).filter((id) => !still.has(id));
  });
}

export function idsIn(json: string): readonly string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter((id) => typeof id === "string") : [];
}

/** Never throws: answers that stay too long are no reason to judge a batch again. */
export async function releaseBodies(ids: readonly string[], db: D1Database, bucket: R2Bucket): Promise<void> {
  if (ids.length === 0) return;
  try {
    const json = JSON.stringify([...new Set(ids)].slice(0, MAX_RELEASED));
    const [, gone] = await db.batch<{ id: string; deploymentId: string }>(
      [forget(json), forgotten(json)].map((statement) => prepared(db, statement)),
    );
    const keys = (gone?.results ?? []).map(bodyKeyOf);
    if (keys.length > 0) await bucket.delete(keys);
  } catch (error) {
    console.error(
      JSON.stringify({ event: "bodies-not-released", pairs: ids.length, error: String(error).slice(0, 300) }),
    );
  }
}

/** Pairs with findings that no drift has as an example. A sample of Safe ones has none and stays. */
function forget(json: string): SQL {
  return sql`UPDATE ${responsePairs} SET body_key = NULL
    WHERE id IN (SELECT value FROM json_each(${json})) AND body_key IS NOT NULL
      AND EXISTS (SELECT 1 FROM ${verdicts} AS v WHERE v.pair_id = response_pairs.id AND v.signatures <> '[]')
      AND NOT EXISTS (SELECT 1 FROM ${verdicts} AS v, json_each(v.signatures) AS s
        JOIN ${drifts} AS d ON d.deployment_id = v.deployment_id AND d.signature = s.value ->> '$[0]'
        JOIN json_each(d.examples) AS e ON e.value = response_pairs.id WHERE v.pair_id = response_pairs.id)`;
}

/** Stored pairs never get a key again, so an object of these can only be one that came too late. */
function forgotten(json: string): SQL {
  return sql`SELECT id, deployment_id AS deploymentId FROM ${responsePairs}
    WHERE id IN (SELECT value FROM json_each(${json})) AND body_key IS NULL`;
}
