/**
 * SQL that reads rows out of one bound JSON parameter: D1 binds 100 parameters at most, and one statement per table
 * keeps the effect of a batch atomic. Column names come from the tables of `migrations/schema.ts`.
 */
import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { responsePairs } from "../../../migrations/schema.ts";

/** `'$.name'` of the row in `json_each`'s `value`. */
export function field(name: string): SQL {
  return sql.raw(`j.value ->> '$.${name}'`);
}

/** A column's bare name, as the targets of INSERT and SET want it. */
export function bare(name: string): SQL {
  return sql.raw(`"${name}"`);
}

/** `"a", "b"` of all columns of a table, in the order of its definition. */
export function columnList(table: SQLiteTable): SQL {
  const columns = Object.values(getTableColumns(table));
  return sql.join(
    columns.map((c) => bare(c.name)),
    sql`, `,
  );
}

/** Each column's value from the row, by the property name of the schema. */
export function valueList(table: SQLiteTable): SQL {
  return sql.join(Object.keys(getTableColumns(table)).map(field), sql`, `);
}

/** Rows of `json` whose pair was inserted by this batch: those that were not stored before. */
export function newRows(json: string, batchId: string): SQL {
  return sql`json_each(${json}) AS j JOIN ${responsePairs}
    ON ${responsePairs.id} = j.value ->> '$.pairId' AND ${responsePairs.insertedBy} = ${batchId}`;
}
