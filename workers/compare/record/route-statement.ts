/** The statement that adds a batch's pairs to `routes`: counts, latencies, deltas, and what second answers taught about noise. New pairs only. */
import { type SQL, sql } from "drizzle-orm";
import { latencyCounts } from "../../../core/report/route-latencies.ts";
import { shadowDelta } from "../../../core/report/shadow-delta.ts";
import { MAX_LEARNED } from "../../../core/verdict/lesson.ts";
import { routes } from "../../../migrations/schema.ts";
import { columnList, field, newRows } from "./from-json.ts";
import type { Recordable } from "./rows.ts";

/** Learned patterns kept per route: the most frequent ones. */
const KEPT = sql.raw(String(MAX_LEARNED));

export function countRoutes(rows: readonly Recordable[], batchId: string): SQL {
  const json = JSON.stringify(rows.map(routeEntry));
  return sql`INSERT INTO ${routes} (${columnList(routes)})
    SELECT ${field("deploymentId")} AS d, ${field("route")} AS r, count(*), sum(${field("equal")}), sum(${field("failed")}),
      sum(${field("noise")}), sum(${field("slow")}), sum(${field("second")}),
      ${addedUp(sql`SELECT l.key, l.value FROM ${groupOf(json, batchId, "learned")}`)},
      ${addedUp(sql`SELECT l.key, l.value FROM ${groupOf(json, batchId, "differed")}`)}, max(${field("at")}),
      ${summed(sql`SELECT l.key, l.value FROM ${groupOf(json, batchId, "latencies")}`)},
      count(${field("delta")}), coalesce(sum(${field("delta")}), 0), max(${field("delta")})
    FROM ${newRows(json, batchId)} WHERE true GROUP BY d, r
    ON CONFLICT (deployment_id, route) DO UPDATE SET
      pairs = routes.pairs + excluded.pairs, equal = routes.equal + excluded.equal,
      shadow_failed = routes.shadow_failed + excluded.shadow_failed, noise = routes.noise + excluded.noise,
      slow = routes.slow + excluded.slow, second_answers = routes.second_answers + excluded.second_answers,
      last_pair_at = max(routes.last_pair_at, excluded.last_pair_at),
      learned_noise = ${addedUp(sql`SELECT key, value FROM json_each(routes.learned_noise)
        UNION ALL SELECT key, value FROM json_each(excluded.learned_noise)`)},
      shadow_differed = ${addedUp(sql`SELECT key, value FROM json_each(routes.shadow_differed)
        UNION ALL SELECT key, value FROM json_each(excluded.shadow_differed)`)},
      latencies = ${summed(sql`SELECT key, value FROM json_each(routes.latencies)
        UNION ALL SELECT key, value FROM json_each(excluded.latencies)`)},
      delta_count = routes.delta_count + excluded.delta_count, delta_sum = routes.delta_sum + excluded.delta_sum,
      delta_max = max(coalesce(routes.delta_max, excluded.delta_max), coalesce(excluded.delta_max, routes.delta_max))`;
}

function routeEntry(r: Recordable) {
  return {
    pairId: r.captured.id,
    deploymentId: r.captured.deploymentId,
    route: r.route,
    at: r.captured.capturedAt,
    equal: r.equal ? 1 : 0,
    failed: "failed" in r.captured.shadow ? 1 : 0,
    noise: r.findings.filter((f) => f.noise !== null).length,
    slow: r.lesson.slow,
    second: r.lesson.secondAnswers,
    learned: r.lesson.learnedNoise,
    differed: r.lesson.differed ?? {},
    latencies: latencyCounts(r.captured),
    delta: shadowDelta(r.captured),
  };
}

/** The counted patterns of one group's new pairs. The group is the one of the outer query. */
function groupOf(json: string, batchId: string, counted: "learned" | "differed" | "latencies"): SQL {
  const path = sql.raw(`'$.${counted}'`);
  return sql`json_each(${json}) AS k JOIN response_pairs AS p
    ON p.id = k.value ->> '$.pairId' AND p.inserted_by = ${batchId}
    JOIN json_each(k.value -> ${path}) AS l
    WHERE k.value ->> '$.deploymentId' = j.value ->> '$.deploymentId' AND k.value ->> '$.route' = j.value ->> '$.route'`;
}

/** Rows of (key, value) as one JSON object with the values of equal keys added up. */
function summed(rows: SQL): SQL {
  return sql`(SELECT json_group_object(key, n) FROM (SELECT key, sum(value) AS n FROM (${rows}) GROUP BY key))`;
}

/** The same, of the most frequent keys. */
function addedUp(rows: SQL): SQL {
  return sql`(SELECT json_group_object(key, n) FROM (SELECT key, sum(value) AS n FROM (${rows})
    GROUP BY key ORDER BY n DESC, key LIMIT ${KEPT}))`;
}
