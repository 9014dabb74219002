/** `POST /compare` through the report Worker, with the real compare Worker behind it, and with one that talks nonsense. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CompareAnswerSchema } from "../../../core/wire/api/compare.ts";
import { DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import { LedgerSchema } from "../../../core/wire/api/ledger.ts";
import { PairDetailSchema } from "../../../core/wire/api/pairs.ts";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { DEPLOYMENT_ID, seedDeployment } from "./seed.ts";

const BODY = {
  deployment_id: DEPLOYMENT_ID,
  pair_id: "a-pair",
  request: { method: "GET", path: "/orders/17" },
  prod_response: { status: 200, headers: {}, body: { ready: true, note: "a" }, latency_ms: 10 },
  shadow_response: { status: 500, headers: {}, body: "broken", latency_ms: 12 },
};

async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${ProblemSchema.parse(await response.json()).code}`;
}

describe("a pair by HTTP", () => {
  let report: ReportWorker;
  beforeAll(async () => {
    report = await startReportWorker({ compare: true });
    await seedDeployment(report.env);
  });
  afterAll(() => report.close());

  test("is judged, stored once however often it is sent, and read like any other", async () => {
    const first = CompareAnswerSchema.parse(await (await report.service("POST", "/compare", BODY)).json());
    expect(first).toMatchObject({ verdict: "Critical", decidedBy: "rule" });
    const again = CompareAnswerSchema.parse(await (await report.service("POST", "/compare", BODY)).json());
    expect(again.verdict).toBe("Critical");
    const deployment = await report.fetch(`/api/deployments/${DEPLOYMENT_ID}`);
    expect(DeploymentSchema.parse(await deployment.json()).counts).toMatchObject({ pairs: 1, critical: 1 });
    const ledger = LedgerSchema.parse(await (await report.fetch(`/api/deployments/${DEPLOYMENT_ID}/ledger`)).json());
    expect(ledger).toMatchObject({ seen: 1, sampled: 1, compared: 1, unreported: 0, inFlight: 0, unexplained: 0 });
    expect(ledger.hosts.map(({ host }) => host)).toEqual(["shop.example.com"]);
    const pair = PairDetailSchema.parse(await (await report.fetch("/api/pairs/a-pair")).json());
    expect(pair).toMatchObject({ route: "GET /orders/{id}", prodStatus: 200, shadowStatus: 500, verdict: "Critical" });
    expect(pair.exchange?.shadow).toMatchObject({ status: 500, body: "broken" });
    expect(pair.findings.map(({ signature }) => signature)).toEqual(
      expect.arrayContaining(first.findings.map(({ signature }) => signature)),
    );
  });

  test("of an unknown deployment is refused", async () => {
    const body = { ...BODY, pair_id: "another", deployment_id: "1-1-000000000000" };
    expect(await codeOf(await report.service("POST", "/compare", body))).toBe("404 deployment-not-found");
  });

  test("under the id of another deployment's pair is refused", async () => {
    const other = "7-13-0123456789ab";
    await seedDeployment(report.env, { id: other });
    await report.service("POST", "/compare", { ...BODY, pair_id: "taken" });
    const taken = await report.service("POST", "/compare", { ...BODY, pair_id: "taken", deployment_id: other });
    expect(await codeOf(taken)).toBe("409 pair-exists");
  });

  test("takes the service token, also on this machine", async () => {
    const headers = { "content-type": "application/json" };
    const response = await report.fetch("/compare", { method: "POST", headers, body: JSON.stringify(BODY) });
    expect(await codeOf(response)).toBe("401 not-authenticated");
  });
});

test("an answer that is no judgement is never passed on as one", async () => {
  const report = await startReportWorker();
  expect(await codeOf(await report.service("POST", "/compare", BODY))).toBe("503 compare-unavailable");
  await report.close();
});
