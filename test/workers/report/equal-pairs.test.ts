/** Byte-equal pairs that the tees only counted: they are evidence everywhere, as those with a row are. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { latencyBucket } from "../../../core/report/latency.ts";
import { DeploymentListSchema, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../../core/wire/api/drifts.ts";
import { PairDetailSchema } from "../../../core/wire/api/pairs.ts";
import { RouteListSchema } from "../../../core/wire/api/routes.ts";
import type { EqualRoute } from "../../../core/wire/sync.ts";
import { counters, reportOf } from "../tee-report.ts";
import { mirror } from "./counting.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { ambiguous, NOON, seedDrift, seedLatencies, seedPair } from "./seed.ts";

const ID = "7-77-0123456789ab";
const NAMED_ID = "7-79-0123456789ab";
const QUIET_ID = "7-78-0123456789ab";
const HOSTS = ["a.example.com", "b.example.com"];
const LATER = NOON + 60_000;

let report: ReportWorker;

function equal(pairs: number, prodMs: number, shadowMs: number): EqualRoute {
  const at = (ms: number) => ({ [latencyBucket(ms)]: pairs });
  return { pairs, secondAnswers: pairs / 2, lastAt: LATER, prod: at(prodMs), shadow: at(shadowMs), control: {} };
}

beforeAll(async () => {
  report = await startReportWorker();
  await mirror(report, { id: ID, hosts: HOSTS, pull: 77 });
  await mirror(report, { id: QUIET_ID, hosts: HOSTS, pull: 78 });
  await mirror(report, { id: NAMED_ID, hosts: HOSTS, pull: 79 });
  for (const host of HOSTS) {
    const equalRoutes = {
      [ID]: { "GET /orders/{id}": equal(40, 10, 1_000), "GET /health": equal(10, 2, 3) },
      [NAMED_ID]: { "GET /orders/{id}": equal(40, 10, 1_000), "GET /health": equal(10, 2, 3) },
      [QUIET_ID]: { "GET /health": equal(10, 2, 3) },
    };
    const deployments = {
      [NAMED_ID]: counters({ sampled: 50, equal: 50 }),
      [ID]: counters({ sampled: 50, equal: 50 }),
      [QUIET_ID]: counters({ sampled: 10, equal: 10 }),
    };
    await report.registry(host).sync(reportOf("one", { deployments, equalRoutes }));
    await report.registry(host).flush();
  }
  for (const id of ["p1", "p2"])
    await seedPair(report.env, { id, deploymentId: ID, verdict: "Warning", entries: [ambiguous("plain")] });
  await seedPair(report.env, { id: "p3", deploymentId: ID, verdict: "Critical", shadowFailed: "timeout" });
  await seedPair(report.env, { id: "p4", deploymentId: ID });
  await report.env.DB.prepare("UPDATE response_pairs SET equal = 1 WHERE id = 'p4'").run();
  await seedLatencies(report.env);
  await seedDrift(report.env, ambiguous("plain"), { deployment_id: ID, count: 2 });
});
afterAll(() => report.close());

async function read(path: string): Promise<unknown> {
  return (await report.fetch(path)).json();
}

test("are Safe pairs of the deployment, in its head and in the list, and the latest counts as its last pair", async () => {
  const counts = { pairs: 104, safe: 101, undecided: 0, warning: 2, critical: 1, shadowFailed: 1 };
  const lastPairAt = new Date(LATER).toISOString();
  expect(DeploymentSchema.parse(await read(`/api/deployments/${ID}`))).toMatchObject({ counts, lastPairAt });
  const { items } = DeploymentListSchema.parse(await read("/api/deployments"));
  expect(items.find(({ id }) => id === ID)).toMatchObject({ counts, verdict: "Critical", drifts: 2 });
});

test("alone make a deployment Safe", async () => {
  const quiet = DeploymentSchema.parse(await read(`/api/deployments/${QUIET_ID}`));
  expect(quiet).toMatchObject({ verdict: "Safe", counts: { pairs: 20, safe: 20 } });
});

test("count in their routes, also in those without a single row, with second answers", async () => {
  const { items } = RouteListSchema.parse(await read(`/api/deployments/${ID}/routes`));
  expect(
    items.map(({ route, counts, equalWithoutRow, secondAnswers }) => [
      route,
      counts.pairs,
      equalWithoutRow,
      secondAnswers,
    ]),
  ).toEqual([
    ["GET /health", 20, 20, 10],
    ["GET /orders/{id}", 84, 80, 40],
  ]);
});

test("get the names that the OpenAPI file and merges give their routes, and add up there", async () => {
  const settings = { templates: ["/orders/{orderId}", "/{probe}"] };
  const alias = "INSERT INTO route_aliases (repo_id, route, target, state, updated_at) VALUES (7, ?, ?, 'accepted', 1)";
  const templates = report.env.DB.prepare("UPDATE shadow_deployments SET compare_settings = ? WHERE id = ?");
  const rename = report.env.DB.prepare(
    "UPDATE equal_pairs SET route = ? WHERE deployment_id = ? AND host = ? AND route = ?",
  );
  await report.env.DB.batch([
    templates.bind(JSON.stringify(settings), NAMED_ID),
    rename.bind("GET /ready", NAMED_ID, HOSTS[1], "GET /health"),
    report.env.DB.prepare(alias).bind("GET /orders/{orderId}", "GET /purchases/{id}"),
  ]);
  const { items } = RouteListSchema.parse(await read(`/api/deployments/${NAMED_ID}/routes`));
  expect(items.map(({ route, equalWithoutRow, latency }) => [route, equalWithoutRow, latency.prod?.pairs])).toEqual([
    ["GET /purchases/{id}", 80, 80],
    ["GET /{probe}", 20, 20],
  ]);
});

test("bring their latencies along, which add up with those of the rows; no answer has no latency", async () => {
  const { items } = RouteListSchema.parse(await read(`/api/deployments/${ID}/routes`));
  const { prod, shadow, control } = items.find(({ route }) => route === "GET /orders/{id}")?.latency ?? {};
  expect([prod?.pairs, shadow?.pairs, control]).toEqual([84, 83, null]);
  // Rows: 10 ms and 12.5 ms. Sketches: 10 ms and 1,000 ms.
  expect(Math.round(prod?.p99 ?? 0)).toBe(10);
  expect(Math.round((shadow?.p50 ?? 0) / 100)).toBe(10);
});

test("are in the denominator of a drift", async () => {
  const { items } = DriftListSchema.parse(await read(`/api/deployments/${ID}/drifts`));
  // The route is slower as well, which is a drift of all its pairs.
  expect(items.find(({ kind }) => kind !== null)).toMatchObject({ count: 2, routePairs: 84 });
});

test("count in the metrics", async () => {
  const text = await (await report.fetch("/metrics")).text();
  expect(text).toContain(`shadow_infra_pairs{deployment="${ID}",verdict="Safe"} 101`);
});

test("that have a row say that both answers were equal", async () => {
  expect(PairDetailSchema.parse(await read("/api/pairs/p4"))).toMatchObject({ equal: true, exchange: null });
  expect(PairDetailSchema.parse(await read("/api/pairs/p1"))).toMatchObject({ equal: false });
});
