/** A table changes together with a new migration. */
import { expect, test } from "vitest";
import { schemaMigration } from "../../../../core/governance/checks/schema-migration.ts";
import type { CheckOf } from "../../../../core/governance/rules.ts";
import { changeOf, fileAt } from "../given.ts";
import { inputOf } from "./input.ts";

const CHECK: CheckOf<"schema-migration"> = {
  kind: "schema-migration",
  schemas: ["db/**"],
  migrations: ["db/migrations/*.sql"],
};
const table = fileAt("db/schema.ts");
const moved = { status: "renamed", oldPath: "db/old.ts" } as const;

test.each([
  ["a changed table", [table], 1],
  ["a table beside a changed migration", [table, fileAt("db/migrations/1.sql")], 1],
  ["a table that is deleted", [fileAt("db/schema.ts", { status: "deleted" })], 1],
  ["a table that moved and changed", [fileAt("src/schema.ts", moved)], 1],
  ["a table with a new migration", [table, fileAt("db/migrations/2.sql", { status: "added" })], 0],
  ["a table that only moved", [fileAt("db/schema.ts", { ...moved, added: 0, removed: 0 })], 0],
  ["a migration alone, though it lies among the schemas", [fileAt("db/migrations/1.sql")], 0],
  ["something else", [fileAt("src/a.ts")], 0],
])("%s", (_, files, count) => {
  expect(schemaMigration(inputOf(CHECK, changeOf(files)))).toHaveLength(count);
});

test("a table out of the rule's scope is not looked at", () => {
  expect(schemaMigration(inputOf(CHECK, changeOf([table]), { rule: { scope: ["**", "!db/schema.ts"] } }))).toEqual([]);
});
