/** Made-up runs of a probe: what the database makes of their statements is what the report keeps of real ones. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { ProbeResultsSchema } from "../../../core/wire/api/probes.ts";
import { probeRunStatements } from "../../../infra/local/seed/probe-runs.ts";
import { SEED_START_MS } from "../../../infra/local/seed/size.ts";

function filled(pairs: number) {
  const database = new DatabaseSync(":memory:");
  for (const file of readdirSync("migrations")
    .filter((name) => name.endsWith(".sql"))
    .toSorted())
    database.exec(readFileSync(join("migrations", file), "utf8"));
  for (const statement of probeRunStatements({ pairs, deployments: 1, seed: 1 })) database.exec(statement);
  return database;
}

test("each hundred pairs bring a run of a hundred endpoints, the newest just before the pairs", () => {
  const rows = filled(10_100)
    .prepare("SELECT run_at AS at, results FROM probe_runs ORDER BY run_at DESC, id DESC")
    .all();
  expect(rows).toHaveLength(101);
  expect(rows[0]?.["at"]).toBe(SEED_START_MS);
  const { endpoints, otherBudgets, ...rest } = JSON.parse(String(rows[0]?.["results"]));
  expect(otherBudgets).toEqual([]);
  expect(Object.keys(endpoints)).toHaveLength(100);
  const own = Object.values<{ figures: unknown; budgets: unknown[] }>(endpoints);
  const figures = Object.fromEntries(Object.keys(endpoints).map((name, n) => [name, own[n]?.figures]));
  const budgets = own.flatMap((one) => one.budgets);
  expect(ProbeResultsSchema.parse({ ...rest, endpoints: figures, budgets }).budgets).toHaveLength(400);
  expect(budgets).toContainEqual(expect.objectContaining({ passed: false }));
});

test("the same size makes the same rows", () => {
  const hash = (database: DatabaseSync) => database.prepare("SELECT * FROM probe_runs ORDER BY id").all();
  expect(hash(filled(200))).toEqual(hash(filled(200)));
});
