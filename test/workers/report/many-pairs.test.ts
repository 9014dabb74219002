/** A deployment with 50,000 pairs, the most whose rows are kept: no read costs more than a few walks through all of them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { PairListSchema } from "../../../core/wire/api/pairs.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { DEPLOYMENT_ID, NOON, seedDecision, seedDeployment } from "./seed.ts";

const PAIRS = 50_000;
/**
 * The most that a read may take, in walks through all rows of the deployment: a walk takes about 0.2 s, so that a second is
 * the limit, whatever else the machine does.
 */
const MAX_WALKS = 5;
const BASE = `/api/deployments/${DEPLOYMENT_ID}`;

/** Pair n: every 20th has one ambiguous finding of 40 signatures, every 1,000th a proven one. */
const SIGNATURES = `CASE WHEN n % 1000 = 0 THEN '[["proven","Critical","Critical","Critical"]]'
  WHEN n % 20 = 0 THEN '[["s' || (n / 20 % 40) || '","Warning","Safe","Critical"]]' ELSE '[]' END`;

/** Some 15 facts a pair, a few of them with many values. */
const FEATURES = `'["query:page=' || (n % 50) || '","query:currency=' || (n % 4) || '","path:{id}=' || n || '"' ||
  (WITH RECURSIVE f(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM f WHERE k < 12)
    SELECT group_concat(',"body:$.field_' || k || '=' || (n * k % 7) || '"', '') FROM f) || ']'`;

/** Sketches with 300 buckets of each side: 3 to 1,200 ms. */
const LATENCIES = JSON.stringify(
  Object.fromEntries(
    ["prod", "shadow", "control", "base", "shadowBesideBase"].flatMap((side) =>
      Array.from({ length: 300 }, (_, n) => [`${side}:${n + 55}`, 5]),
    ),
  ),
);

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker();
  const { DB } = report.env;
  await seedDeployment(report.env);
  await seedDecision(report.env, "s1", { verdict: "Safe" });
  const numbers = `WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < ${PAIRS})`;
  await DB.prepare(
    `INSERT INTO response_pairs (id, deployment_id, route, method, path, captured_at, prod_status, shadow_status,
      prod_latency_ms, shadow_latency_ms, prod_bytes, shadow_bytes, equal, inserted_by, features)
      SELECT * FROM (${numbers} SELECT printf('p%08d', n), '${DEPLOYMENT_ID}', 'GET /route-' || (n % 30) || '/{id}', 'GET',
      '/route/1', ${NOON}, 200, 200, 10, 11, 500, 500, 0, 'b', ${FEATURES} FROM t)`,
  ).run();
  await DB.prepare(
    `INSERT INTO verdicts SELECT * FROM (${numbers} SELECT printf('p%08d', n), '${DEPLOYMENT_ID}',
      CASE WHEN n % 1000 = 0 THEN 'Critical' WHEN n % 20 = 0 THEN 'Warning' ELSE 'Safe' END, 'rule',
      'What the rules said.', '["' || hex(zeroblob(500)) || '"]', ${SIGNATURES}, ${NOON} FROM t)`,
  ).run();
  await DB.prepare(
    `INSERT INTO routes (deployment_id, route, pairs, equal, shadow_failed, noise, slow, second_answers, learned_noise, last_pair_at, latencies)
      SELECT deployment_id, route, count(*), 0, 0, 0, 0, 0, '{}', ${NOON}, '${LATENCIES}' FROM response_pairs GROUP BY 1, 2`,
  ).run();
  await DB.prepare(
    `INSERT INTO drifts SELECT '${DEPLOYMENT_ID}', e.value ->> 0, 'value-changed', e.value ->> 1, e.value ->> 2, e.value ->> 3,
      'GET /route-1/{id}', '$', 'value', 'A value changed.', count(*), 0, NULL, NULL, '[]', 0, 0, NULL
      FROM verdicts v, json_each(v.signatures) e GROUP BY e.value ->> 0`,
  ).run();
});
afterAll(() => report.close());

/** Milliseconds of one walk through all rows, beside which the reads are measured. */
async function walkMs(): Promise<number> {
  const started = performance.now();
  await report.env.DB.prepare(
    `SELECT sum(length(v.findings) + length(v.signatures) + length(p.features)) AS characters
      FROM response_pairs p JOIN verdicts v ON v.pair_id = p.id`,
  ).all();
  return performance.now() - started;
}

async function timed(path: string): Promise<{ readonly body: unknown; readonly ms: number }> {
  const started = performance.now();
  const response = await report.fetch(path);
  const body: unknown = await response.json();
  const ms = Math.round(performance.now() - started);
  expect(response.status).toBe(200);
  return { body, ms };
}

test.each([
  BASE,
  `${BASE}/drifts`,
  `${BASE}/routes`,
  `${BASE}/ledger`,
  `${BASE}/pairs?limit=200`,
  `${BASE}/pairs?verdict=Safe`,
  `${BASE}/pairs?verdict=Warning`,
  `${BASE}/pairs?verdict=Critical`,
  `${BASE}/pairs?signature=s7`,
  `${BASE}/pairs?verdict=Safe&route=${encodeURIComponent("GET /route-3/{id}")}`,
  `${BASE}/pairs?verdict=Critical&route=${encodeURIComponent("GET /route-29/{id}")}`,
  "/api/deployments",
])("%s is read in time", async (path) => {
  const before = await walkMs();
  const { ms } = await timed(path);
  expect(ms / Math.max(before, await walkMs())).toBeLessThan(MAX_WALKS);
});

test("the counts are exact, decisions applied", async () => {
  const { counts } = DeploymentSchema.parse((await timed(BASE)).body);
  const decidedSafe = Array.from({ length: PAIRS }, (_, i) => i + 1).filter(
    (n) => n % 20 === 0 && n % 1000 !== 0 && Math.floor(n / 20) % 40 === 1,
  ).length;
  const warning = PAIRS / 20 - PAIRS / 1000 - decidedSafe;
  expect(counts).toMatchObject({ pairs: PAIRS, critical: PAIRS / 1000, warning, safe: PAIRS * 0.95 + decidedSafe });
});

test("the last page is as near as the first", async () => {
  const first = PairListSchema.parse((await timed(`${BASE}/pairs?verdict=Safe&limit=200`)).body);
  expect(first.items[0]?.id).toBe("p00049999");
  const deep = btoa('"p00000300"').replaceAll("=", "");
  const walk = await walkMs();
  const { body, ms } = await timed(`${BASE}/pairs?verdict=Safe&limit=200&cursor=${deep}`);
  expect(PairListSchema.parse(body).items[0]?.id).toBe("p00000299");
  expect(ms / walk).toBeLessThan(MAX_WALKS);
});
