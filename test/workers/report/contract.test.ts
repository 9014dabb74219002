/** The contract and what answers are one: every operation of the table answers in its form, and nothing else is mounted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OPERATIONS, type OperationId } from "../../../core/wire/api/contract.ts";
import type { Operation } from "../../../core/wire/api/operation.ts";
import { PROBLEMS, type ProblemCode, ProblemSchema } from "../../../core/wire/problem.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { type ReportWorker, SERVICE_TOKEN, startReportWorker } from "./report-worker.ts";
import { ambiguous, DEPLOYMENT_ID, proven, seedDecision, seedDeployment, seedDrift, seedPair } from "./seed.ts";

import { workerModule } from "./worker-module.ts";

const PUT_ID = "9-3-0123456789ab";
const PUT_BODY = {
  repository: { id: 9, fullName: "acme/other" },
  pull: { number: 3, title: "A change", url: null, branch: "a-change" },
  headSha: "0123456789ab",
  hosts: ["other.example.com"],
  shadowOrigin: "http://127.0.0.1:3001",
};
const side = { status: 200, headers: { "content-type": "application/json" } };

interface AppModule {
  createApp(): { readonly routes: readonly { readonly method: string; readonly path: string }[] };
}

interface Call {
  readonly id: OperationId;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** In this order: the provisioner's calls follow each other. */
const CALLS: readonly Call[] = [
  { id: "listDeployments" },
  { id: "getDeployment", params: { id: DEPLOYMENT_ID } },
  { id: "listDrifts", params: { id: DEPLOYMENT_ID } },
  { id: "listPairs", params: { id: DEPLOYMENT_ID } },
  { id: "listRoutes", params: { id: DEPLOYMENT_ID } },
  { id: "getLedger", params: { id: DEPLOYMENT_ID } },
  { id: "putKillSwitch", params: { host: "quiet.example.com" }, body: { on: true } },
  { id: "getKillSwitch", params: { host: "quiet.example.com" } },
  { id: "getPair", params: { id: "p1" } },
  { id: "getPull", params: { repoId: "7", pr: "12" } },
  { id: "listRouteAliases", params: { repoId: "7" } },
  {
    id: "postRouteAliases",
    params: { repoId: "7" },
    body: { target: "GET /blog/{slug}", routes: ["GET /blog/hello"], state: "accepted" },
  },
  { id: "putDeployment", params: { id: PUT_ID }, body: PUT_BODY },
  { id: "postState", params: { id: PUT_ID }, body: { state: "ready" } },
  { id: "postLease", params: { id: PUT_ID } },
  { id: "postLeases", body: { ids: [PUT_ID, "none"] } },
  { id: "postDelivery", body: { id: "a delivery", event: "ping" } },
  {
    id: "compare",
    body: {
      deployment_id: PUT_ID,
      pair_id: "by-http",
      prod_response: { ...side, body: { total: 10, note: "a" }, latency_ms: 10 },
      shadow_response: { ...side, body: { note: "a" }, latency_ms: 11 },
    },
  },
  { id: "deleteDeployment", params: { id: PUT_ID } },
  {
    id: "postProbe",
    body: {
      timestamp: new Date().toISOString(),
      base_url: "http://localhost:8001",
      iterations: 20,
      endpoints: {
        "/api/shadow/stats": { p50: 1, p95: 2, p99: 3, avg_size_kb: 1, failures: 0, failure_rate: 0 },
      },
      origin: { repository: "acme/shop", branch: "main", service: "shadow-infra" },
    },
  },
  { id: "listProbes" },
  { id: "getTrends" },
  { id: "getTrendOverview" },
  { id: "getTrendNames" },
  { id: "getShadowStats" },
  { id: "postShadowEvents", body: {} },
  { id: "getHealth" },
  { id: "getReadiness" },
  { id: "getVersion" },
  { id: "getMetrics" },
  { id: "getOpenApi" },
  { id: "getDocs" },
];

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker({ compare: true });
  await seedDeployment(report.env);
  await seedPair(report.env, { id: "p1", verdict: "Warning", entries: [ambiguous("one"), proven("two")] });
  await seedPair(report.env, { id: "p2", verdict: "Critical", shadowFailed: "timeout", entries: [proven("two")] });
  await seedDrift(report.env, ambiguous("one"));
  await seedDecision(report.env, "one", { verdict: "Warning" });
});
afterAll(() => report.close());

function operationOf(id: OperationId): Operation {
  return OPERATIONS[id];
}

function urlOf({ id, params = {} }: Call): string {
  return operationOf(id).path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

test("every operation is called here", () => {
  expect(CALLS.map(({ id }) => id).toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
});

describe("every operation answers as the contract says", () => {
  test.each(CALLS)("$id", async (call) => {
    const { method, answers } = operationOf(call.id);
    const response = await report.service(method.toUpperCase(), urlOf(call), call.body);
    const text = await response.text();
    const form = answers[response.status];
    expect(form, `${response.status} ${text}`).toBeDefined();
    expect(response.headers.get("content-type")).toContain(form?.type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toMatch(/no-store|no-cache/);
    // Parsing drops what the schema does not name, so equality also says that nothing undeclared leaves.
    if (form?.schema !== undefined) expect(form.schema.parse(JSON.parse(text))).toEqual(JSON.parse(text));
  });
});

describe("what is not in the contract", () => {
  test("is not mounted", async () => {
    const { createApp } = await workerModule<AppModule>("app.ts");
    const mounted = new Set(createApp().routes.map(({ method, path }) => `${method} ${path}`));
    const declared = Object.values<Operation>(OPERATIONS).map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replaceAll("{", ":").replaceAll("}", "")}`,
    );
    expect([...mounted].toSorted()).toEqual(declared.toSorted());
  });

  test("is not found, or not with that method", async () => {
    await expectProblem(await report.fetch("/api/nothing"), "no-such-path");
    const response = await report.fetch("/api/pairs/p1", { method: "PATCH" });
    expect(response.headers.get("allow")).toBe("GET, HEAD");
    await expectProblem(response, "method-not-allowed");
  });
});

async function expectProblem(response: Response, code: ProblemCode): Promise<void> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem: unknown = await response.json();
  expect(ProblemSchema.parse(problem)).toEqual(problem);
  expect(problem).toMatchObject({ code, status: response.status, title: PROBLEMS[code].title });
  expect(response.status).toBe(PROBLEMS[code].status);
}

describe("a request of the wrong form is refused with its code", () => {
  const json = { "content-type": "application/json" };
  test.each<[ProblemCode, string, { method?: string; headers?: Record<string, string>; body?: string }]>([
    ["invalid-request", "/api/deployments?limit=0", {}],
    ["invalid-request", "/api/deployments?limit=many", {}],
    ["invalid-request", "/api/deployments?state=gone", {}],
    ["invalid-request", `/api/deployments/${DEPLOYMENT_ID}/pairs?verdict=Bad`, {}],
    ["invalid-request", "/api/pulls/seven/12", {}],
    ["invalid-cursor", "/api/deployments?cursor=!!!", {}],
    ["invalid-cursor", "/api/deployments?cursor=WzEsMl0", {}],
    ["invalid-cursor", `/api/deployments/${DEPLOYMENT_ID}/pairs?cursor=WzEsMl0`, {}],
    ["deployment-not-found", "/api/deployments/none", {}],
    ["deployment-not-found", "/api/deployments/none/pairs", {}],
    ["deployment-not-found", "/api/deployments/none/drifts", {}],
    ["deployment-not-found", "/api/deployments/none/routes", {}],
    ["deployment-not-found", "/api/deployments/none/ledger", {}],
    ["pair-not-found", "/api/pairs/none", {}],
    ["pair-not-found", "/api/pairs/%00%E0", {}],
    ["not-json", "/compare", { method: "POST", body: "{}", headers: { "content-type": "text/plain" } }],
    ["invalid-request", "/compare", { method: "POST", body: "{", headers: json }],
    ["invalid-request", "/compare", { method: "POST", body: "{}", headers: json }],
    ["body-too-large", "/compare", { method: "POST", body: `"${"x".repeat(3_000_000)}"`, headers: json }],
  ])("%s: %s", async (code, path, { method = "GET", headers = {}, body }) => {
    const authorization = `Bearer ${SERVICE_TOKEN}`;
    await expectProblem(await report.fetch(path, { method, body, headers: { authorization, ...headers } }), code);
  });
});

test("the running version is that of the package", async () => {
  expect(await (await report.fetch("/version")).json()).toEqual({
    name: packageJson.name,
    version: packageJson.version,
  });
});

test("a HEAD gets the headers of the GET", async () => {
  const response = await report.fetch("/api/deployments", { method: "HEAD" });
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(response.headers.get("etag")).toMatch(/^W\//);
});
