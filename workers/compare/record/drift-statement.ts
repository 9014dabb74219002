/**
 * The statement that counts a batch's findings into `drifts`, for pairs this batch inserted and no others.
 * While a drift is only noise its severity and examples come from noise; the first pair in which it counts replaces them.
 */
import { type SQL, sql } from "drizzle-orm";
import { bestExamples, MAX_EXAMPLES } from "../../../core/pair/examples.ts";
import { VERDICTS } from "../../../core/verdict/severity.ts";
import { drifts } from "../../../migrations/schema.ts";
import { bestOf, candidateOf } from "./examples.ts";
import { bare, columnList, field, newRows } from "./from-json.ts";
import { type DriftEntry, driftEntries, type Recordable } from "./rows.ts";

export function countDrifts(rows: readonly Recordable[], batchId: string): SQL {
  const json = JSON.stringify(withExamples(rows));
  return sql`INSERT INTO ${drifts} (${columnList(drifts)})
    SELECT ${field("deploymentId")} AS d, ${field("signature")} AS s, ${field("rule")},
      ${severityName(worst("severity"))}, ${severityName(worst("floor"))}, ${severityName(worst("ceiling"))},
      ${field("route")}, ${field("pattern")}, ${firstOf("kind")}, ${firstOf("reason")},
      sum(${field("counts")}), sum(${field("noise")}), max(${field("noiseReason")}), ${noiseBy()},
      ${firstOf("sample")},
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
      noise_by = CASE WHEN excluded.noise_reason IS NULL THEN drifts.noise_by ELSE excluded.noise_by END,
      first_seen = min(drifts.first_seen, excluded.first_seen),
      last_seen = max(drifts.last_seen, excluded.last_seen)`;
}

/**
 * Marks the entries whose pairs may become examples: those that count and whose answers are kept, or noise where nothing counts.
 * `keepBodies` has left out the answers that no drift wants.
 */
function withExamples(rows: readonly Recordable[]): (DriftEntry & { readonly example: 0 | 1 })[] {
  const all = rows.flatMap((r) => driftEntries(r).map((entry) => ({ r, entry })));
  const key = ({ deploymentId, signature }: DriftEntry) => `${deploymentId} ${signature}`;
  const counting = new Set(all.filter(({ entry }) => entry.counts === 1).map(({ entry }) => key(entry)));
  const eligible = all.filter(({ r, entry }) => (entry.counts === 1 ? hasExample(r) : !counting.has(key(entry))));
  const candidates = new Map(rows.map((r) => [r.captured.id, candidateOf(r)]));
  const chosen = new Set<string>();
  for (const [name, group] of Map.groupBy(eligible, ({ entry }) => key(entry)))
    for (const { id } of bestExamples(group.flatMap(({ entry }) => candidates.get(entry.pairId) ?? [])))
      chosen.add(`${name} ${id}`);
  return all.map(({ entry }) => ({ ...entry, example: chosen.has(`${key(entry)} ${entry.pairId}`) ? 1 : 0 }));
}

/** Bodies that stayed at the tee are nowhere, and the pair says what it can without them. */
function hasExample({ bodyKey, captured }: Recordable): boolean {
  return bodyKey !== null || captured.settled !== undefined;
}

/** The worst rank of a group, over the pairs in which it counts or, without any, over all. */
function worst(name: string): SQL {
  return sql`coalesce(max(${field(name)}) FILTER (WHERE ${field("counts")} = 1), max(${field(name)}))`;
}

/** One value of a group: of a pair in which it counts, if there is one. */
function firstOf(name: string): SQL {
  return sql`coalesce(min(${field(name)}) FILTER (WHERE ${field("counts")} = 1), min(${field(name)}))`;
}

/** Of the entry whose reason is taken: a reason and its word must fit each other. */
function noiseBy(): SQL {
  const [by, reason] = [field("noiseBy"), field("noiseReason")];
  return sql`nullif(substr(max(${reason} || char(10) || coalesce(${by}, '')), length(max(${reason})) + 2), '')`;
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

/** The best of both sides; of noise, whose answers nobody keeps, the oldest stay. */
function bothExamples(): SQL {
  const [old, more] = [sql.raw("drifts.examples"), sql.raw("excluded.examples")];
  return sql`CASE WHEN json_array_length(${more}) = 0 THEN ${old}
    WHEN drifts.count = 0 AND json_array_length(${old}) >= ${sql.raw(String(MAX_EXAMPLES))} THEN ${old}
    ELSE ${bestOf(old, more)} END`;
}
