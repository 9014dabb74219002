/**
 * The statement that counts a batch's findings into `drifts`, for pairs this batch inserted and no others.
 * While a drift is only noise its severity and examples come from noise; the first pair in which it counts replaces them.
 */
import { type SQL, sql } from "drizzle-orm";
import { VERDICTS } from "../../../core/verdict/severity.ts";
import { drifts } from "../../../migrations/schema.ts";
import { bare, columnList, field, newRows } from "./from-json.ts";
import { type DriftEntry, driftEntries, type Recordable } from "./rows.ts";

/** Pair ids kept per drift. The answers of these pairs are kept in the bucket. */
export const MAX_EXAMPLES = 20;

export function countDrifts(rows: readonly Recordable[], batchId: string): SQL {
  const json = JSON.stringify(withExamples(rows.flatMap(driftEntries)));
  return sql`INSERT INTO ${drifts} (${columnList(drifts)})
    SELECT ${field("deploymentId")} AS d, ${field("signature")} AS s, ${field("rule")},
      ${severityName(worst("severity"))}, ${severityName(worst("floor"))}, ${severityName(worst("ceiling"))},
      ${field("route")}, ${field("pattern")}, ${firstOf("kind")}, ${firstOf("reason")},
      sum(${field("counts")}), sum(${field("noise")}), max(${field("noiseReason")}), ${firstOf("sample")},
      json_group_array(${field("pairId")}) FILTER (WHERE ${field("example")} = 1),
      min(${field("at")}), max(${field("at")})
    FROM ${newRows(json, batchId)} WHERE true GROUP BY d, s
    ON CONFLICT (deployment_id, signature) DO UPDATE SET
      severity = ${merged("severity", worseOf("severity"))},
      floor = ${merged("floor", worseOf("floor"))},
      ceiling = ${merged("ceiling", worseOf("ceiling"))},
      reason = ${merged("reason", sql.raw("drifts.reason"))},
      sample = ${merged("sample", sql.raw("coalesce(drifts.sample, excluded.sample)"))},
      examples = ${merged("examples", bothExamples())},
      count = drifts.count + excluded.count,
      noise_count = drifts.noise_count + excluded.noise_count,
      noise_reason = coalesce(excluded.noise_reason, drifts.noise_reason),
      first_seen = min(drifts.first_seen, excluded.first_seen),
      last_seen = max(drifts.last_seen, excluded.last_seen)`;
}

/** Marks the entries whose pairs may become examples: those that count, or noise where nothing counts. */
function withExamples(entries: readonly DriftEntry[]): (DriftEntry & { readonly example: 0 | 1 })[] {
  const key = (e: DriftEntry) => `${e.deploymentId} ${e.signature}`;
  const counting = new Set(entries.filter((e) => e.counts === 1).map(key));
  const taken = new Map<string, number>();
  return entries.map((e) => {
    const before = taken.get(key(e)) ?? 0;
    const eligible = before < MAX_EXAMPLES && (e.counts === 1 || !counting.has(key(e)));
    if (eligible) taken.set(key(e), before + 1);
    return { ...e, example: eligible ? 1 : 0 };
  });
}

/** The worst rank of a group, over the pairs in which it counts or, without any, over all. */
function worst(name: string): SQL {
  return sql`coalesce(max(${field(name)}) FILTER (WHERE ${field("counts")} = 1), max(${field(name)}))`;
}

/** One value of a group: of a pair in which it counts, if there is one. */
function firstOf(name: string): SQL {
  return sql`coalesce(min(${field(name)}) FILTER (WHERE ${field("counts")} = 1), min(${field(name)}))`;
}

function severityName(rank: SQL): SQL {
  const cases = VERDICTS.map((name, n) => `WHEN ${n} THEN '${name}'`).join(" ");
  return sql`CASE ${rank} ${sql.raw(cases)} END`;
}

/** Keeps the side in which it counts; where both or neither do, `both`. */
function merged(column: string, both: SQL): SQL {
  return sql`CASE WHEN excluded.count = 0 AND drifts.count > 0 THEN drifts.${bare(column)}
    WHEN drifts.count = 0 AND excluded.count > 0 THEN excluded.${bare(column)} ELSE ${both} END`;
}

function worseOf(column: string): SQL {
  const rankOf = (side: string) =>
    `CASE ${side}."${column}" ${VERDICTS.map((v, n) => `WHEN '${v}' THEN ${n}`).join(" ")} END`;
  return sql.raw(
    `CASE WHEN ${rankOf("excluded")} > ${rankOf("drifts")} THEN excluded."${column}" ELSE drifts."${column}" END`,
  );
}

/** The oldest examples stay, newer ones fill up. */
function bothExamples(): SQL {
  return sql`(SELECT json_group_array(v) FROM (SELECT v FROM (
      SELECT value AS v, 0 AS side, key AS n FROM json_each(drifts.examples)
      UNION ALL SELECT value, 1, key FROM json_each(excluded.examples)) ORDER BY side, n LIMIT ${sql.raw(String(MAX_EXAMPLES))}))`;
}
