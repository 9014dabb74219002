/** A difference that later second answers explain: noise in every view, with nothing rewritten. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { DriftListSchema } from "../../../core/wire/api/drifts.ts";
import { PairDetailSchema } from "../../../core/wire/api/pairs.ts";
import { RouteListSchema } from "../../../core/wire/api/routes.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { ambiguous, DEPLOYMENT_ID, seedDecision, seedDeployment, seedDrift, seedPair } from "./seed.ts";

const BASE = `/api/deployments/${DEPLOYMENT_ID}`;
const PAIRS = 16;

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker();
  await seedDeployment(report.env);
  await seedPair(report.env, { id: "p1", verdict: "Warning", entries: [ambiguous("sensor")] });
  for (let n = 2; n <= PAIRS; n += 1) await seedPair(report.env, { id: `p${n}` });
  await seedDrift(report.env, ambiguous("sensor"), { count: 1, noise_count: PAIRS - 1, sample: null });
});

afterAll(() => report.close());

async function views() {
  const deployment = DeploymentSchema.parse(await (await report.fetch(BASE)).json());
  const [drift] = DriftListSchema.parse(await (await report.fetch(`${BASE}/drifts`)).json()).items;
  const [route] = RouteListSchema.parse(await (await report.fetch(`${BASE}/routes`)).json()).items;
  const pair = PairDetailSchema.parse(await (await report.fetch("/api/pairs/p1")).json());
  return { deployment, drift, route, pair };
}

function learn(differing: number): Promise<unknown> {
  return report.env.DB.prepare("UPDATE routes SET second_answers = ?, learned_noise = ?")
    .bind(PAIRS, JSON.stringify({ "$.total value": differing }))
    .run();
}

test("it counts while second answers have taught nothing", async () => {
  const { deployment, drift, route, pair } = await views();
  expect([deployment.verdict, deployment.drifts, route?.drifts]).toEqual(["Warning", 1, 1]);
  expect([drift?.noise, drift?.count, pair.verdict, pair.findings[0]?.noise]).toEqual([null, 1, "Warning", null]);
});

test("it is noise in the deployment, its drifts, its routes and its pair once they have", async () => {
  await learn(PAIRS - 1);
  const { deployment, drift, route, pair } = await views();
  expect([deployment.verdict, deployment.drifts, route?.drifts]).toEqual(["Safe", 0, 0]);
  expect(drift).toMatchObject({ verdict: "Safe", count: PAIRS });
  expect(drift?.noise?.reason).toMatch(/in 15 of 16 pairs/);
  expect(pair).toMatchObject({ verdict: "Safe", findings: [{ noise: { reason: drift?.noise?.reason } }] });
});

test("it counts again where second answers differ far more seldom than the shadow", async () => {
  await learn(2);
  expect((await views()).deployment.verdict).toBe("Warning");
});

test("it counts where a person said so", async () => {
  await learn(PAIRS - 1);
  await seedDecision(report.env, "sensor", { decided_by: "person", verdict: "Critical", model_version: null });
  const { deployment, drift } = await views();
  expect([deployment.verdict, drift?.verdict, drift?.decidedBy]).toEqual(["Critical", "Critical", "person"]);
});
