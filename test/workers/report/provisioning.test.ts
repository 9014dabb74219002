/** What the provisioner says, and what the tee's registry makes of it: a deployment from its registration to its end. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signatureOf } from "../../../core/compare/signature.ts";
import { DeploymentWrittenSchema, LeaseSchema } from "../../../core/wire/api/deployments.ts";
import { RouteAliasListSchema } from "../../../core/wire/api/route-aliases.ts";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { DEFAULT_MIRROR_SETTINGS } from "../../../core/wire/target.ts";
import { code, mirroredOn, silence } from "./answers.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { ambiguous, seedDecision, seedDeployment, seedDrift, seedPair } from "./seed.ts";

const HOST = "shop.example.com";
const PUT = {
  repository: { id: 7, fullName: "acme/shop" },
  pull: { number: 12, title: "Round prices", url: null, branch: "round-prices" },
  headSha: "0123456789ab",
  hosts: [HOST],
  shadowOrigin: "http://127.0.0.1:3001",
};

let report: ReportWorker;
/** Each test has a deployment of its own: the number of its pull request. */
let pull = 100;
let id = "";

beforeAll(async () => {
  report = await startReportWorker({
    vars: { SHADOW_INFRA_SAMPLE_RATE: "0.25" },
    secrets: { SHADOW_INFRA_SERVICE_HEADERS: '{"CF-Access-Client-Id":"of a test"}' },
  });
});
beforeEach(() => {
  pull += 1;
  id = `7-${pull}-0123456789ab`;
});
afterAll(() => report.close());

function put(change: object = {}): Promise<Response> {
  return report.service("PUT", `/api/deployments/${id}`, { ...PUT, pull: { ...PUT.pull, number: pull }, ...change });
}

function post(what: "state" | "lease", body?: unknown): Promise<Response> {
  return report.service("POST", `/api/deployments/${id}/${what}`, body);
}

async function get(): Promise<unknown> {
  return (await report.service("GET", `/api/deployments/${id}`)).json();
}

test("another commit with the same first twelve digits does not inherit what was seen of the first", async () => {
  const [first, second] = ["0123456789ab".padEnd(40, "1"), "0123456789ab".padEnd(40, "2")];
  expect((await put({ headSha: first })).status).toBe(201);
  const refused = await put({ headSha: second });
  expect(refused.status).toBe(400);
  expect(ProblemSchema.parse(await refused.json())).toMatchObject({ code: "id-mismatch" });
  expect(await get()).toMatchObject({ headSha: first });
  expect((await put({ headSha: first })).status).toBe(200);
});

test("a deployment is created once, then updated, with the operator's default rate", async () => {
  const created = await put();
  expect([created.status, DeploymentWrittenSchema.parse(await created.json())]).toMatchObject([
    201,
    { id, state: "pending", rate: 0.25, hosts: [HOST], stack: null },
  ]);
  const updated = await put({ rate: 1, shadowOrigin: "http://127.0.0.1:3002/" });
  expect([updated.status, await updated.json()]).toMatchObject([
    200,
    { rate: 1, shadowOrigin: "http://127.0.0.1:3002" },
  ]);
});

test.each([
  ["another repository", { repository: { id: 8, fullName: "acme/shop" } }, "400 id-mismatch"],
  ["another commit", { headSha: "ffffffffffff" }, "400 id-mismatch"],
  ["a host with a port", { hosts: ["shop.example.com:8080"] }, "400 invalid-request"],
  ["a host that is a URL", { hosts: ["http://shop.example.com"] }, "400 invalid-request"],
  ["a shadow with a path", { shadowOrigin: "http://127.0.0.1:3001/api" }, "400 invalid-request"],
  ["a shadow elsewhere", { shadowOrigin: "https://shop.example.net" }, "400 invalid-request"],
  ["a shadow on the local network", { shadowOrigin: "http://169.254.169.254" }, "400 invalid-request"],
  ["a shadow of another protocol", { shadowOrigin: "file:///etc/passwd" }, "400 invalid-request"],
  ["a shadow with a password", { shadowOrigin: "http://user:pass@127.0.0.1" }, "400 invalid-request"],
  [
    "a base elsewhere",
    { base: { origin: "http://10.0.0.7", deploymentId: "7-0-ba5eba5eba5e" } },
    "400 invalid-request",
  ],
  ["an unknown key", { sampling: 1 }, "400 invalid-request"],
  ["service headers", { serviceHeaders: { "x-a": "b" } }, "400 invalid-request"],
  ["an unknown key of redaction", { redact: { shape_only: true } }, "400 invalid-request"],
  [
    "an unknown key of a route",
    { routes: [{ match: "GET /", mirror: true, compare: "exact" }] },
    "400 invalid-request",
  ],
  ["a route without a method", { routes: [{ match: "/v1/**", mirror: true }] }, "400 invalid-request"],
  ["a filter that is no path", { mirror: { include: ["v1/**"] } }, "400 invalid-request"],
  ["a client key from nowhere", { sticky: "session" }, "400 invalid-request"],
  ["a cap of nothing", { maxRps: 0 }, "400 invalid-request"],
  ["too many patterns", { redact: { patterns: Array.from({ length: 21 }, () => "a") } }, "400 invalid-request"],
  ["a pattern too long", { redact: { patterns: ["a".repeat(301)] } }, "400 invalid-request"],
  ["a credential that smuggles a header in", { credentials: { cookie: "a\r\nhost: b" } }, "400 invalid-request"],
  ["a credential under our own name", { credentials: { "X-Shadow-Infra-Mirrored": "1" } }, "400 invalid-request"],
  ["a rate above 1", { rate: 2 }, "400 invalid-request"],
])("a registration with %s is refused", async (_, change, refusal) => {
  expect(await code(await put(change))).toBe(refusal);
});

test.each([
  ["(?=secret)", "unsupported Perl syntax"],
  ["EMP-[0-9", "missing closing ]"],
  ["(a{1000}){1000}", "invalid repeat count"],
  ["x*", "it matches the empty text"],
])("the pattern %s is refused by name: %s", async (pattern, reason) => {
  const refused = await put({ redact: { patterns: ["fine", pattern] } });
  const { detail } = ProblemSchema.parse(await refused.json());
  expect([refused.status, detail]).toEqual([400, expect.stringContaining(`redact.patterns.1: ${pattern}: `)]);
  expect(detail).toContain(reason);
});

test("only a ready deployment is mirrored", async () => {
  expect(await code(await post("lease"))).toBe("404 deployment-not-found");
  await put();
  expect(await code(await post("lease"))).toBe("409 deployment-not-ready");
  expect(await mirroredOn(report, HOST)).not.toContain(id);
  await post("state", { state: "ready" });
  const leased = await post("lease");
  expect(Date.parse(LeaseSchema.parse(await leased.json()).expiresAt)).toBeGreaterThan(Date.now() + 50_000);
  expect(await mirroredOn(report, HOST)).toContain(id);
});

test("the lease carries the whole target, names in their one spelling", async () => {
  const hosts = ["WWW.Shop.Example.Com"];
  await put({ hosts, methods: ["get"], controlShare: 0.5, credentials: { Authorization: "a test identity" } });
  await post("state", { state: "ready" });
  await post("lease");
  const { targets } = await report.registry("www.shop.example.com").sync(silence(1));
  expect(targets.find(({ deploymentId }) => deploymentId === id)).toMatchObject({
    deploymentId: id,
    repoId: 7,
    shadowOrigin: "http://127.0.0.1:3001",
    rate: 0.25,
    methods: ["GET"],
    controlShare: 0.5,
    credentials: { authorization: "a test identity" },
    serviceHeaders: { "cf-access-client-id": "of a test" },
    settings: DEFAULT_MIRROR_SETTINGS,
  });
});

test("the lease carries every setting, and readers see all but values of credentials", async () => {
  const base = { origin: "http://localhost:3009/", deploymentId: "7-0-ba5eba5eba5e", againShare: 0.5 };
  const routes = [{ match: "POST /v1/orders", mirror: true }];
  const redact = { names: ["ssn"], patterns: ["EMP-[0-9]{6}"], shapeOnly: true, phones: true };
  const change = {
    maxRps: 20,
    mirror: { include: ["/v1/**"], exclude: ["/v1/admin/**"] },
    routes,
    redact,
    stamped: true,
  };
  const created = await put({
    ...change,
    sticky: "header:X-Client",
    credentials: { Cookie: "session=of a test" },
    base,
  });
  const { include, exclude } = change.mirror;
  const common = { maxRps: 20, include, exclude, routes, redact, stamped: true };
  const kept = { ...common, base: { ...base, origin: "http://localhost:3009" } };
  const text = await created.text();
  expect(text).not.toContain("of a test");
  const { mirroring } = DeploymentWrittenSchema.parse(JSON.parse(text));
  expect(mirroring).toMatchObject({ ...kept, sticky: "header:x-client", credentials: ["cookie"] });
  await post("state", { state: "ready" });
  await post("lease");
  const { targets } = await report.registry(HOST).sync(silence(1));
  const { settings } = targets.find(({ deploymentId }) => deploymentId === id) ?? {};
  expect(settings).toEqual({ ...kept, sticky: { in: "header", name: "x-client" } });
});

test.each([
  ["closing", () => report.service("DELETE", `/api/deployments/${id}`)],
  ["losing its address", () => put({ shadowOrigin: null })],
  ["losing its hosts", () => put({ hosts: [] })],
  ["idling", () => post("state", { state: "idle", reason: "nothing was mirrored for a day" })],
  ["the begin of its removal", () => post("state", { state: "closing" })],
  ["a removal that failed", () => post("state", { state: "teardown_failed", reason: "the namespace is still there" })],
  ["a failed shadow", () => post("state", { state: "failed", reason: "its health check failed" })],
  ["moving to another host", () => put({ hosts: ["elsewhere.example.com"] })],
])("%s ends the mirroring at once", async (_, end) => {
  await put();
  await post("state", { state: "ready" });
  await post("lease");
  expect(await mirroredOn(report, HOST)).toContain(id);
  expect((await end()).status).toBe(200);
  expect(await mirroredOn(report, HOST)).not.toContain(id);
});

test("a closed deployment keeps its data, refuses a lease, and starts anew when it is registered again", async () => {
  await put();
  await seedPair(report.env, { id: `p-${id}`, deploymentId: id });
  const closed = await report.service("DELETE", `/api/deployments/${id}`);
  expect(await closed.json()).toMatchObject({ state: "closed" });
  expect(await get()).toMatchObject({ state: "closed", counts: { pairs: 1 } });
  expect(await code(await post("lease"))).toBe("409 deployment-closed");
  expect(await code(await post("state", { state: "ready" }))).toBe("409 deployment-closed");
  const again = await report.service("DELETE", `/api/deployments/${id}`);
  expect(again.status).toBe(200);
  expect(await (await put()).json()).toMatchObject({ state: "pending", closedAt: null });
  expect(await get()).toMatchObject({ state: "pending", counts: { pairs: 1 } });
});

test("a shadow without an address or hosts is registered and shown, and never ready", async () => {
  const services = [{ name: "web", image: "ghcr.io/acme/web:1", state: "waiting", reason: "its image is not there" }];
  const stack = { driver: "kubernetes", services, notes: [], baseSha: null };
  for (const lacking of [{ shadowOrigin: null }, { hosts: [] }]) {
    const created = DeploymentWrittenSchema.parse(await (await put({ ...lacking, stack })).json());
    expect(created).toMatchObject({ ...lacking, state: "pending", stack: { ...stack, podSecurity: null, log: null } });
    const refused = ProblemSchema.parse(await (await post("state", { state: "ready" })).json());
    expect([refused.code, refused.detail]).toEqual(["deployment-not-ready", expect.stringContaining("no address")]);
    expect(await code(await post("lease"))).toBe("409 deployment-not-ready");
  }
  await put({ stack });
  expect((await post("state", { state: "ready" })).status).toBe(200);
  expect(await (await put({ shadowOrigin: null, stack })).json()).toMatchObject({ state: "pending" });
  expect(await code(await post("lease"))).toBe("409 deployment-not-ready");
});

test("a deployment whose removal begins or fails is closed by the same call as any other", async () => {
  for (const state of ["closing", "teardown_failed"]) {
    await put();
    expect(await (await post("state", { state, reason: "of a test" })).json()).toMatchObject({ state });
    const closed = await report.service("DELETE", `/api/deployments/${id}`);
    expect(await closed.json()).toMatchObject({ state: "closed", stateReason: null });
  }
});

test("a state of its own words is kept with its reason, and `closed` is not one of them", async () => {
  await put();
  const failed = await post("state", { state: "failed", reason: "image not found" });
  expect(await failed.json()).toMatchObject({ state: "failed", stateReason: "image not found" });
  expect(await code(await post("lease"))).toBe("409 deployment-not-ready");
  expect(await code(await post("state", { state: "closed" }))).toBe("400 invalid-request");
});

test("what a deployment says about comparing is kept for the consumer, and every key has a default", async () => {
  const kept = async (): Promise<unknown> => {
    const sql = "SELECT compare_settings FROM shadow_deployments WHERE id = ?";
    const row = await report.env.DB.prepare(sql).bind(id).first<{ compare_settings: string }>();
    return JSON.parse(row?.compare_settings ?? "null");
  };
  await put();
  expect(await kept()).toEqual({ routes: [], templates: [], aliases: {}, contract: null });
  await put({ compare: { routes: [{ match: "GET /v1/**", ignore: ["$.at"] }], templates: ["/users/{userId}"] } });
  expect(await kept()).toEqual({
    routes: [{ match: "GET /v1/**", mode: "values", ignore: ["$.at"], listKeys: {} }],
    templates: ["/users/{userId}"],
    aliases: {},
    contract: null,
  });
  expect(await code(await put({ compare: { ignore: [] } }))).toBe("400 invalid-request");
  expect(await code(await put({ compare: { routes: [{ match: "GET /", ignore: ["items"] }] } }))).toBe(
    "400 invalid-request",
  );
});

test("an accepted merge carries what was decided about the merged routes", async () => {
  const parts = { rule: "value-changed", pattern: "$.total", kind: "value" } as const;
  const signature = (route: string) => signatureOf({ ...parts, route });
  const [hello, news, merged] = ["GET /blog/hello", "GET /blog/news", "GET /blog/{slug}"];
  await seedDeployment(report.env, { id: "8-1-0123456789ab", repo_id: 8 });
  for (const route of [hello, news])
    await seedDrift(report.env, ambiguous(signature(route)), { deployment_id: "8-1-0123456789ab", route });
  await seedDecision(report.env, signature(hello), { repo_id: 8, verdict: "Critical", decided_by: "model" });
  await seedDecision(report.env, signature(news), { repo_id: 8, verdict: "Safe", decided_by: "person" });
  await report.env.DB.prepare("INSERT INTO route_aliases VALUES (8, ?, ?, 'proposed', 1), (8, ?, ?, 'proposed', 1)")
    .bind(hello, merged, news, merged)
    .run();
  const path = "/api/repositories/8/route-aliases";
  for (let time = 0; time < 2; time += 1) {
    const answer = await report.service("POST", path, { target: merged, state: "accepted" });
    expect(RouteAliasListSchema.parse(await answer.json()).items.map(({ route, state }) => [route, state])).toEqual([
      [hello, "accepted"],
      [news, "accepted"],
    ]);
  }
  const sql = "SELECT verdict, decided_by FROM decisions WHERE repo_id = 8 AND signature = ?";
  expect(await report.env.DB.prepare(sql).bind(signature(merged)).all()).toMatchObject({
    results: [{ verdict: "Safe", decided_by: "person" }],
  });
  expect(await code(await report.service("POST", path, { target: "GET /blog/all", state: "accepted" }))).toBe(
    "400 invalid-request",
  );
});
