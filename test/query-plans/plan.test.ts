import { expect, test } from "vitest";
import { namesIn, slowWays } from "../../infra/query-plans/plan.ts";

const TABLES = new Set(["pairs", "verdicts"]);
const ways = (sql: string, ...details: readonly string[]) =>
  slowWays(sql, details, TABLES).map(({ kind, table }) => `${kind} ${table}`);

test.each<[name: string, sql: string, details: string[], expected: string[]]>([
  ["a scan reads a whole table", "select * from pairs", ["SCAN pairs"], ["scan pairs"]],
  ["an index that is searched is fine", "select * from pairs where id = ?", ["SEARCH pairs USING INDEX x (id=?)"], []],
  ["the plan's alias is the table", "select * from pairs AS p", ["SCAN p"], ["scan pairs"]],
  ["an alias needs no AS", 'select * from "pairs" p', ["SCAN p"], ["scan pairs"]],
  [
    "small and foreign tables do not count",
    "select * from json_each(?), tiny",
    ["SCAN json_each VIRTUAL TABLE INDEX 1:", "SCAN tiny"],
    [],
  ],
  ["a page along an index is no scan", "select * from pairs order by id limit ?", ["SCAN pairs USING INDEX x"], []],
  [
    "all rows along an index are one",
    "select * from pairs order by id",
    ["SCAN pairs USING COVERING INDEX x"],
    ["scan pairs"],
  ],
  [
    "an index made for one statement is missing",
    "select * from pairs join verdicts",
    ["SEARCH verdicts USING AUTOMATIC COVERING INDEX (id=?)"],
    ["scan verdicts"],
  ],
  [
    "a sort is laid at the first table's door",
    "select * from pairs where a = ? order by b",
    ["SEARCH pairs USING INDEX x (a=?)", "USE TEMP B-TREE FOR ORDER BY"],
    ["sort pairs"],
  ],
  [
    "a sort of nothing stored is nobody's",
    "select 1 order by 1",
    ["SCAN CONSTANT ROW", "USE TEMP B-TREE FOR ORDER BY"],
    [],
  ],
])("%s", (_, sql, details, expected) => {
  expect(ways(sql, ...details)).toEqual(expected);
});

test("words after a table are aliases only of tables that are asked for", () => {
  expect(Object.fromEntries(namesIn("select 1 from pairs where x in (select y from other o)", TABLES))).toMatchObject({
    pairs: "pairs",
  });
});
