/** Migrations written by drizzle itself, in a copy of the definitions. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeMigrations } from "../../infra/query-plans/write.ts";

const root = mkdtempSync(join(tmpdir(), "query-plans-"));
for (const part of ["migrations", "core", "drizzle.config.ts", "package.json"])
  cpSync(part, join(root, part), { recursive: true });
symlinkSync(resolve("node_modules"), join(root, "node_modules"));
afterAll(() => rmSync(root, { recursive: true }));

test("a new index is defined and migrated, a lost one is created again, and the definitions stay what the migrations say", () => {
  const made = { table: "verdicts", sql: "CREATE INDEX `verdicts_by_time` ON `verdicts` (`created_at`);" };
  const lost = { table: "deliveries", sql: "CREATE INDEX `deliveries_by_time` ON `deliveries` (`received_at`);" };
  const written = writeMigrations(root, [
    { ...made, name: "verdicts_by_time", definedIn: null },
    { ...lost, name: "deliveries_by_time", definedIn: "0005_stacks.sql" },
  ]);
  expect(written).toEqual([
    expect.stringMatching(/^migrations\/\d{4}_restore_indexes\.sql$/),
    "migrations/schema.ts",
    expect.stringMatching(/^migrations\/\d{4}_index_verdicts\.sql$/),
  ]);
  const text = (path = "") => readFileSync(join(root, path), "utf8").trim();
  expect(text(written[0])).toBe("CREATE INDEX IF NOT EXISTS `deliveries_by_time` ON `deliveries` (`received_at`);");
  expect(text(written[2])).toBe(made.sql);
});
