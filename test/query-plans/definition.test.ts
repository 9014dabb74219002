import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withIndex } from "../../infra/query-plans/definition.ts";

const index = (table: string, name: string, ...columns: readonly string[]) => ({
  name,
  table,
  sql: `CREATE INDEX \`${name}\` ON \`${table}\` (${columns.map((column) => `\`${column}\``).join(",")});`,
  definedIn: null,
});
const schema = readFileSync("migrations/schema.ts", "utf8");

test("an index joins those that a table has", () => {
  const changed = withIndex(schema, index("response_pairs", "pairs_by_status", "deployment_id", "prod_status")) ?? "";
  const added = changed.split("\n").filter((line) => !schema.includes(line));
  expect(added.join("\n")).toContain('index("pairs_by_status").on(t.deploymentId, t.prodStatus)');
  expect(changed.replace(/\n\s*index\("pairs_by_status"\)[^,]*,[^,]*, /, "")).toBe(schema);
});

test("a table without any gets a list of them, and the file its import", () => {
  const source = `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const notes = sqliteTable("notes", {
  id: text("id").primaryKey(),
  madeAt: integer("made_at").notNull(),
});
`;
  const changed = withIndex(source, index("notes", "notes_by_made_at", "made_at"));
  expect(changed).toContain('(t) => [index("notes_by_made_at").on(t.madeAt)]');
  expect(changed).toMatch(/import \{ index, integer/);
});

test.each([
  ["another file's table", index("nowhere", "x", "id")],
  ["a column that it has not", index("response_pairs", "x", "no_such_column")],
])("%s is left alone", (_, wanted) => {
  expect(withIndex(schema, wanted)).toBeNull();
});
