/** The database as the report reads it, and the two SQL forms its queries share. */
import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Database = DrizzleD1Database & {
  /** Which upload of the code reads it: what other code kept there is not believed (`answers.ts`). */
  readonly upload: string;
};

export function openDatabase(binding: D1Database, upload: Pick<WorkerVersionMetadata, "id">): Database {
  return Object.assign(drizzle(binding), { upload: upload.id });
}

/** `column IN (…)` as one bound parameter: D1 takes no more than 100, a list of values may be longer. */
export function isOneOf(column: AnyColumn, values: readonly (string | number)[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/** One row more than a page holds says whether there is a next page. */
export function oneMore(limit: number): number {
  return limit + 1;
}
