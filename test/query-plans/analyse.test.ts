/** The tables of the migrations themselves, and statements as the report writes them. */

import { globSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { analyse } from "../../infra/query-plans/analyse.ts";
import { readDefined } from "../../infra/query-plans/read.ts";
import { analysisWords } from "../../infra/query-plans/words.ts";

const LARGE = { response_pairs: 100_000, verdicts: 100_000, routes: 2_000 };
const OF_DEPLOYMENT = "select id from response_pairs where deployment_id = ? and id < ? order by id desc limit ?";

/** What the migrations create, without the indexes named. */
function schemaWithout(...names: readonly string[]): readonly string[] {
  const db = new DatabaseSync(":memory:");
  for (const file of globSync("migrations/*.sql").toSorted()) db.exec(readFileSync(file, "utf8"));
  for (const name of names) db.exec(`DROP INDEX ${name}`);
  const rows = db
    .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'index'")
    .all();
  db.close();
  return rows.map((row) => String(row["sql"]));
}

function analysed(statements: readonly string[], ...dropped: readonly string[]) {
  return analyse({ schema: schemaWithout(...dropped), rows: LARGE, statements, defined: readDefined() });
}

test("a statement that its index serves is not named", () => {
  expect(analysed([OF_DEPLOYMENT])).toEqual({ statements: 1, missing: [], sorts: [] });
});

test("an index that a database has lost is named with the migration that creates it", () => {
  const { missing } = analysed([OF_DEPLOYMENT], "response_pairs_by_deployment");
  expect(missing.map(({ table, index }) => [table, index])).toEqual([
    [
      "response_pairs",
      {
        name: "response_pairs_by_deployment",
        table: "response_pairs",
        sql: "CREATE INDEX `response_pairs_by_deployment` ON `response_pairs` (`deployment_id`,`id`);",
        definedIn: "0000_initial.sql",
      },
    ],
  ]);
});

test("an index that never was is proposed after it was seen to work", () => {
  const { missing } = analysed([
    'select * from "verdicts" where "verdicts"."decided_by" = ? and "verdicts"."created_at" > ?',
  ]);
  expect(missing).toMatchObject([
    {
      kind: "scan",
      table: "verdicts",
      rows: 100_000,
      index: {
        sql: "CREATE INDEX `verdicts_by_decided_by_created_at` ON `verdicts` (`decided_by`,`created_at`);",
        definedIn: null,
      },
    },
  ]);
});

test("where no index helps, that is said", () => {
  const { missing } = analysed(["select * from verdicts where reasoning like '%x%'"]);
  expect(missing).toMatchObject([{ kind: "scan", index: null }]);
});

test("a sort that no index saves is listed apart, and is nobody's fault", () => {
  const grouped = "select count(*) from response_pairs where deployment_id = ? group by prod_bytes % 7";
  expect(analysed([grouped])).toMatchObject({ missing: [], sorts: [{ kind: "sort", table: "response_pairs" }] });
});

test("small tables may be read as a whole", () => {
  expect(analysed(["select * from deliveries"]).missing).toEqual([]);
});

test("the words say what happened, where and the cure", () => {
  const words = analysisWords(analysed([OF_DEPLOYMENT], "response_pairs_by_deployment"), 1_000).join("\n");
  expect(words).toContain("response_pairs (100000 rows)");
  expect(words).toContain("which 0000_initial.sql creates and this database has lost");
  expect(analysisWords(analysed([OF_DEPLOYMENT]), 1_000)[0]).toMatch(/^1 statements: none/);
});
