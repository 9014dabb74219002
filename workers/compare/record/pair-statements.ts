/** The statements that store a batch's pairs and their verdicts: one per table, rows through `json_each`. */
import { type SQL, sql } from "drizzle-orm";
import { responsePairs, verdicts } from "../../../migrations/schema.ts";
import { columnList, newRows, valueList } from "./from-json.ts";
import { pairRow, type Recordable, verdictRow } from "./rows.ts";

/** First of the batch: a pair that is stored already keeps its row, and the name of the batch that inserted it. */
export function insertPairs(rows: readonly Recordable[], batchId: string): SQL {
  const json = JSON.stringify(rows.map((r) => pairRow(r, batchId)));
  return sql`INSERT INTO ${responsePairs} (${columnList(responsePairs)})
    SELECT ${valueList(responsePairs)} FROM json_each(${json}) AS j WHERE true
    ON CONFLICT (id) DO NOTHING`;
}

export function insertVerdicts(rows: readonly Recordable[], batchId: string, now: number): SQL {
  const json = JSON.stringify(rows.map((r) => verdictRow(r, now)));
  return sql`INSERT INTO ${verdicts} (${columnList(verdicts)})
    SELECT ${valueList(verdicts)} FROM ${newRows(json, batchId)} WHERE true
    ON CONFLICT (pair_id) DO NOTHING`;
}
