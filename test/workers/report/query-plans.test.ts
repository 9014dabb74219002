/** The report on a small database that the seed filled, asked everything that can be read: no statement of it lacks an index. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { latencyCounts } from "../../../core/report/route-latencies.ts";
import { seedStatements } from "../../../infra/local/seed/fill.ts";
import { SEED_HOST, SEED_REPO_ID, seededDeployment } from "../../../infra/local/seed/size.ts";
import { analyse } from "../../../infra/query-plans/analyse.ts";
import { readingCalls } from "../../../infra/query-plans/calls.ts";
import { readDefined } from "../../../infra/query-plans/read.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { workerModule } from "./worker-module.ts";

const SIZE = { pairs: 400, deployments: 2, seed: 1 };
/** Of a busy report; the tables that are not named stay small. */
const ROWS = {
  response_pairs: 100_000,
  verdicts: 100_000,
  routes: 2_000,
  drifts: 5_000,
  equal_pairs: 2_000,
  tee_counters: 2_000,
};

let report: ReportWorker;
const statements = new Set<string>();
const refused: string[] = [];

/** The real Worker's code on the real database, with a note of what it asks. */
async function askEverything(): Promise<void> {
  interface App {
    fetch(request: Request, env: object, context: object): Promise<Response>;
  }
  const { createApp } = await workerModule<{ createApp(): App }>("app.ts");
  const { DB } = report.env;
  const noting = {
    prepare: (sql: string) => {
      statements.add(sql);
      return DB.prepare(sql);
    },
    batch: (all: Parameters<typeof DB.batch>[0]) => DB.batch(all),
  };
  const id = seededDeployment(0);
  const { results } = await DB.prepare(
    "SELECT p.id, p.route, d.signature FROM response_pairs p JOIN drifts d ON d.deployment_id = p.deployment_id WHERE p.deployment_id = ? LIMIT 1",
  )
    .bind(id)
    .all<{ id: string; route: string; signature: string }>();
  const [{ id: pair, route, signature } = { id: "", route: "", signature: "" }] = results;
  const known = {
    id,
    deployment: id,
    pair,
    route,
    signature,
    corridor: route,
    host: SEED_HOST,
    repoId: String(SEED_REPO_ID),
  };
  const more = { pr: "100", verdict: "Warning", state: "ready", open: "true", limit: "5" };
  const app = createApp();
  const later = { waitUntil: () => undefined, passThroughOnException: () => undefined };
  for (const { method, path, body } of readingCalls({ ...known, ...more })) {
    const init = body === undefined ? { method } : { method, body, headers: { "content-type": "application/json" } };
    const env = { ...report.env, DB: noting, SHADOW_INFRA_MODE: "local" };
    const answer = await app.fetch(new Request(`http://localhost${path}`, init), env, later);
    if (answer.status >= 400) refused.push(`${method} ${path}: ${answer.status}`);
    await answer.body?.cancel();
  }
}

beforeAll(async () => {
  report = await startReportWorker();
  for (const statement of seedStatements(SIZE)) await report.env.DB.prepare(statement).run();
  await askEverything();
});
afterAll(() => report.close());

async function analysed() {
  const { results } = await report.env.DB.prepare(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite_%' AND tbl_name NOT GLOB '_cf_*' ORDER BY type = 'index'",
  ).all<{ sql: string }>();
  const schema = results.map(({ sql }) => sql);
  return analyse({ schema, rows: ROWS, statements: [...statements], defined: readDefined() });
}

test("no read of the report lacks an index", async () => {
  // Cursors that belong to another list are refused, before any statement.
  expect(refused.filter((call) => !call.includes("cursor="))).toEqual([]);
  const { missing, statements: count } = await analysed();
  expect(count).toBeGreaterThan(40);
  expect(missing.map(({ sql, detail }) => `${detail}: ${sql}`)).toEqual([]);
});

test("an index that the database has lost is named, with its migration", async () => {
  await report.env.DB.prepare("DROP INDEX verdicts_by_signatures").run();
  const { missing } = await analysed();
  expect(new Set(missing.map(({ index }) => `${index?.definedIn}: ${index?.name}`))).toContain(
    "0000_initial.sql: verdicts_by_signatures",
  );
});

test("the seed counts as the consumer does", async () => {
  const { results } = await report.env.DB.prepare(
    `SELECT deployment_id || ' ' || route AS k, prod_latency_ms AS prod, shadow_latency_ms AS shadow, control_latency_ms AS control, shadow_failed AS failed
     FROM response_pairs`,
  ).all<{ k: string; prod: number; shadow: number; control: number | null; failed: string | null }>();
  expect(results).toHaveLength(SIZE.pairs);
  const answer = (latencyMs: number) => ({ status: 200, headers: {}, body: "", latencyMs });
  const counts = new Map<string, Record<string, number>>();
  for (const { k, prod, shadow, control, failed } of results) {
    const own = counts.get(k) ?? {};
    counts.set(k, own);
    const side = failed === null ? answer(shadow) : ({ failed: "timeout", latencyMs: shadow } as const);
    const pair = { prod: answer(prod), shadow: side, control: control === null ? undefined : answer(control) };
    for (const key of Object.keys(latencyCounts(pair))) own[key] = (own[key] ?? 0) + 1;
  }
  const stored = await report.env.DB.prepare("SELECT deployment_id || ' ' || route AS k, latencies FROM routes").all<{
    k: string;
    latencies: string;
  }>();
  expect(Object.fromEntries(stored.results.map(({ k, latencies }) => [k, JSON.parse(latencies)]))).toEqual(
    Object.fromEntries(counts),
  );
});

test("the same numbers make the same rows, another number others", () => {
  expect(seedStatements(SIZE)).toEqual(seedStatements({ ...SIZE }));
  expect(seedStatements(SIZE)).not.toEqual(seedStatements({ ...SIZE, seed: 2 }));
});
