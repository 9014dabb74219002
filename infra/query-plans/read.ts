/** Reads what an analysis needs from a local database's file and from the folder of migrations. Nothing is written. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ROOT } from "../local/wrangler.ts";
import { type Candidate, definedIndexes } from "./candidates.ts";

/** Tables of the runtime and of the migrations themselves. */
const FOREIGN = /^(?:sqlite_|_cf_|d1_migrations$)/;

export interface Tables {
  readonly schema: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
}

/** The file in which the local runtime keeps the database of a store; null where there is none. */
export function databaseFile(store: string): string | null {
  const file = globSync("v3/d1/*/*.sqlite", { cwd: store }).find((one) => basename(one) !== "metadata.sqlite");
  return file === undefined ? null : join(store, file);
}

export function readTables(file: string): Tables {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const all = db
      .prepare(
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') ORDER BY type = 'index'",
      )
      .all();
    const own = all.filter((row) => !FOREIGN.test(String(row["tbl_name"])));
    const names = own.filter((row) => row["name"] === row["tbl_name"]).map((row) => String(row["name"]));
    const countOf = (name: string) => Number(db.prepare(`SELECT count(*) AS n FROM "${name}"`).get()?.["n"]);
    return {
      schema: own.map((row) => String(row["sql"])),
      rows: Object.fromEntries(names.map((name) => [name, countOf(name)])),
    };
  } finally {
    db.close();
  }
}

export function readDefined(root = ROOT): readonly Candidate[] {
  const files = globSync("migrations/*.sql", { cwd: root }).toSorted();
  return definedIndexes(files.map((file) => ({ file: basename(file), sql: readFileSync(join(root, file), "utf8") })));
}
