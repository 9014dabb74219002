/** When drifts show, by what is stored of the pairs: conditions, the smallest request, and routes that became slower. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeploymentListSchema, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { type Drift, DriftListSchema } from "../../../core/wire/api/drifts.ts";
import { RouteListSchema } from "../../../core/wire/api/routes.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { DEPLOYMENT_ID, NOON, proven, seedDecision, seedDeployment, seedDrift, seedLatencies } from "./seed.ts";

const BASE = `/api/deployments/${DEPLOYMENT_ID}`;
const ORDERS = "GET /orders";
const PAY = "POST /pay";
const PAIRS = 6_400;

let report: ReportWorker;
let drifts: ReadonlyMap<string, Drift>;

/** Of orders every fourth asks for euros and fails; one in 100 of the French fails otherwise; payments fail always. */
const ROWS = `WITH RECURSIVE t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < ${PAIRS - 1}),
  r AS (SELECT n, n % 64 = 63 AS pays, n % 4 = 0 AS euros, n % 100 = 1 AS french FROM t)`;

beforeAll(async () => {
  report = await startReportWorker();
  const { env } = report;
  await seedDeployment(env);
  await env.DB.prepare(
    `INSERT INTO response_pairs (id, deployment_id, route, method, path, captured_at, prod_status, shadow_status, prod_latency_ms,
      shadow_latency_ms, prod_bytes, shadow_bytes, equal, inserted_by, body_key, features)
    ${ROWS} SELECT printf('p%05d', n), '${DEPLOYMENT_ID}', iif(pays, '${PAY}', '${ORDERS}'), iif(pays, 'POST', 'GET'),
      iif(pays, '/pay', '/orders?currency=' || iif(euros, 'EUR', 'USD') || iif(n % 3 = 0, '&page=' || n, '')), ${NOON}, 200, 200,
      20 + n % 9, iif(pays, 900 + n % 9, 22 + n % 9), 100, 100, 0, 'b', iif(pays, 'pairs/pay.json.gz', NULL),
      iif(pays, '["header:content-type=application/json"]', '["query:currency=' || iif(euros, 'EUR', 'USD') || '"' ||
        iif(n % 3 = 0, ',"query:page=' || n || '"', '') || ',"header:accept-language=' || iif(french, 'fr', 'en') || '"]') FROM r`,
  ).run();
  const entry = (name: string) => `'["${name}","Critical","Critical","Critical"]'`;
  await env.DB.prepare(
    `INSERT INTO verdicts (pair_id, deployment_id, verdict, decided_by, reasoning, findings, signatures, created_at)
    ${ROWS} SELECT printf('p%05d', n), '${DEPLOYMENT_ID}', iif(pays OR euros OR french, 'Critical', 'Safe'), 'rule', '', '[]',
      '[' || iif(pays, ${entry("pay")}, iif(euros, ${entry("euros")}, iif(french, ${entry("french")}, ''))) || ']', ${NOON} FROM r`,
  ).run();
  await env.DB.prepare(
    `INSERT INTO routes (deployment_id, route, pairs, equal, shadow_failed, noise, slow, second_answers, learned_noise, last_pair_at)
      SELECT deployment_id, route, count(*), 0, 0, 0, 0, 0, '{}', ${NOON} FROM response_pairs GROUP BY 1, 2`,
  ).run();
  await seedLatencies(env);
  await env.BODIES.put("pairs/pay.json.gz", gzipSync(JSON.stringify(exchange)));
  await seedDrift(env, proven("euros"), { route: ORDERS, count: 1_600, examples: '["p00012","p00004"]' });
  await seedDrift(env, proven("french"), { route: ORDERS, count: 64, examples: "[]" });
  await seedDrift(env, proven("pay"), { route: PAY, count: 100, examples: '["p00063"]' });
  const response = await report.fetch(`${BASE}/drifts`);
  const { items } = DriftListSchema.parse(await response.json());
  drifts = new Map(items.map((drift) => [drift.signature, drift]));
});
afterAll(() => report.close());

const side = { status: 200, headers: {}, body: "", latencyMs: 1 };
const exchange = {
  request: { method: "POST", path: "/pay", headers: {}, body: '{"amount":1}' },
  prod: side,
  shadow: side,
};

test("a drift says which requests show it, with counts", () => {
  const { condition, noCondition } = drifts.get("euros") ?? {};
  expect(condition).toMatchObject({ words: "currency=EUR", othersFailing: 0 });
  expect(condition?.matchingFailing).toBe(condition?.matching);
  expect(condition?.matching).toBeGreaterThan(300);
  expect(noCondition).toBeNull();
});

test("a rare drift is searched for among older pairs too", () => {
  expect(drifts.get("french")?.condition).toMatchObject({ words: "header accept-language = fr", othersFailing: 0 });
});

test("a drift that every request shows says so, with a body to send", () => {
  const { condition, noCondition, curl } = drifts.get("pay") ?? {};
  expect([condition, noCondition]).toEqual([null, "always"]);
  expect(curl).toBe(
    [
      `curl --include --globoff --request 'POST' "$SHADOW_URL"'/pay'`,
      "--header 'content-type: application/json'",
      `--data-raw '{"amount":1}'`,
    ].join(" \\\n  "),
  );
});

test("the smallest request stands for a drift, and the smallest example first", () => {
  expect(drifts.get("euros")?.curl).toBe(`curl --include --globoff "$SHADOW_URL"'/orders?currency=EUR'`);
  expect(drifts.get("french")?.curl).toContain("--header 'accept-language: fr'");
  expect(drifts.get("euros")?.examples).toEqual(["p00004", "p00012"]);
});

test("a route that became slower is a drift of all its pairs, and counts for the deployment, in the list and alone", async () => {
  const slow = [...drifts.values()].filter(({ rule }) => rule === "route-latency-very-slow");
  expect(slow).toMatchObject([{ route: PAY, verdict: "Critical", count: 100, pattern: "latency", examples: [] }]);
  const { items } = RouteListSchema.parse(await (await report.fetch(`${BASE}/routes`)).json());
  const shiftOf = (route: string) => items.find((item) => item.route === route)?.latency.shift;
  expect(shiftOf(PAY)).toMatchObject({ reference: "prod", quantile: "p50", pairs: expect.any(Number) });
  expect(shiftOf(PAY)?.times.low).toBeGreaterThan(10);
  expect(shiftOf(ORDERS)?.times.value).toBeLessThan(1.2);
  expect(items.map(({ route, drifts: own }) => [route, own])).toEqual([
    [ORDERS, 2],
    [PAY, 2],
  ]);
  expect(await readBoth()).toMatchObject([
    { drifts: 4, verdict: "Critical" },
    { drifts: 4, verdict: "Critical" },
  ]);
});

test("a person's word on a route that became slower holds everywhere, and no model can move it", async () => {
  const slow = [...drifts.values()].find(({ rule }) => rule === "route-latency-very-slow");
  const signature = slow?.signature ?? "";
  const decide = async (decidedBy: string, verdict: string) => {
    await report.env.DB.prepare("DELETE FROM decisions").run();
    for (const name of [signature, "euros", "french", "pay"])
      await seedDecision(report.env, name, { decided_by: name === signature ? decidedBy : "person", verdict });
    return (await readBoth()).map((deployment) => deployment?.verdict);
  };
  expect(await decide("model", "Safe")).toEqual(["Critical", "Critical"]);
  // The pairs' own drifts are approved as well: nothing else is left that counts.
  expect(await decide("person", "Safe")).toEqual(["Safe", "Safe"]);
  const { items } = DriftListSchema.parse(await (await report.fetch(`${BASE}/drifts`)).json());
  expect(items.find((drift) => drift.signature === signature)).toMatchObject({
    severity: "Critical",
    verdict: "Safe",
    decidedBy: "person",
  });
});

test("sketches are read again when pairs came, and not before", async () => {
  await report.env.DB.prepare("DELETE FROM decisions").run();
  const fast = JSON.stringify({ "prod:300": 2_000, "shadow:300": 2_000 });
  await report.env.DB.prepare("UPDATE routes SET latencies = ? WHERE route = ?").bind(fast, PAY).run();
  expect((await readBoth()).map((deployment) => deployment?.drifts)).toEqual([4, 4]);
  await report.env.DB.prepare("UPDATE routes SET pairs = pairs + 1 WHERE route = ?").bind(PAY).run();
  expect((await readBoth()).map((deployment) => deployment?.drifts)).toEqual([3, 3]);
});

/** The deployment alone, and as the list has it. */
async function readBoth() {
  const list = DeploymentListSchema.parse(await (await report.fetch("/api/deployments")).json());
  return [DeploymentSchema.parse(await (await report.fetch(BASE)).json()), list.items[0]];
}
