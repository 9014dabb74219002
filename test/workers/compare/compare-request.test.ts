/** `POST /compare`: one pair by HTTP, judged and stored like a pair of the queue. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CompareAnswerSchema } from "../../../core/wire/api/compare.ts";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { DEPLOYMENT, type Stand, startStand } from "./stand.ts";

let stand: Stand;

beforeAll(async () => {
  stand = await startStand({ vars: { SHADOW_INFRA_SAFE_BODY_SHARE: "1" } });
});
beforeEach(async () => {
  await stand.clear();
  await stand.deploy();
});
afterAll(() => stand.close());

const post = (body: unknown) =>
  stand.worker.fetch("http://compare/compare", {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

const request = (more: object = {}) => ({
  deployment_id: DEPLOYMENT,
  pair_id: "h-1",
  prod_response: { status: 200, body: { label: "green apple" }, latency_ms: 12 },
  shadow_response: { status: 500, body: "oops", latency_ms: 12 },
  ...more,
});

test("it answers verdict, decidedBy, reasoning and findings, and stores the pair", async () => {
  const response = await post(request());
  expect(response.status).toBe(200);
  const answer = CompareAnswerSchema.parse(await response.json());
  expect(answer).toMatchObject({ verdict: "Critical", decidedBy: "rule" });
  expect(answer.findings.length).toBeGreaterThan(0);
  expect(await stand.rows("SELECT id, route, shadow_status FROM response_pairs")).toEqual([
    { id: "h-1", route: "GET /", shadow_status: 500 },
  ]);
});

test("the same pair id again gets the stored answer and counts once", async () => {
  const first = await (await post(request())).json();
  const second = await (await post(request({ shadow_response: { status: 200, body: "something else" } }))).json();
  expect(second).toEqual(first);
  expect(await stand.rows("SELECT pairs FROM routes")).toEqual([{ pairs: 1 }]);
});

test("a pair id of another deployment is refused", async () => {
  await post(request());
  await stand.rows("UPDATE verdicts SET deployment_id = '7-12-ffffffffffff'");
  const response = await post(request());
  expect([response.status, ProblemSchema.parse(await response.json()).code]).toEqual([409, "pair-exists"]);
});

test("secrets in the two bodies are replaced before anything is stored", async () => {
  const body = (secret: string) => ({ status: 200, body: { password: secret, label: "a" } });
  await post(request({ prod_response: body("correct horse"), shadow_response: body("battery staple") }));
  const stored = JSON.stringify(await stand.rows("SELECT * FROM verdicts"));
  const [kept] = (await stand.bodies.list()).objects;
  const object = await stand.bodies.get(kept?.key ?? "");
  const bytes = Buffer.from((await object?.arrayBuffer()) ?? new ArrayBuffer());
  const text = (await import("node:zlib")).gunzipSync(bytes).toString("utf8");
  expect(text).toContain("redacted:string");
  for (const secret of ["correct horse", "battery staple"]) expect(stored + text).not.toContain(secret);
});

test.each([
  ["an unknown deployment", () => post(request({ deployment_id: "9-9-000000000000" })), 404, "deployment-not-found"],
  ["a body that is not JSON", () => post("{"), 400, "invalid-request"],
  ["a missing side", () => post(request({ shadow_response: undefined })), 400, "invalid-request"],
  ["another path", () => stand.worker.fetch("http://compare/other"), 404, "not-found"],
  ["another method", () => stand.worker.fetch("http://compare/compare"), 405, "method-not-allowed"],
])("%s is refused with a problem document", async (_, send, status, code) => {
  const response = await send();
  expect([response.status, ProblemSchema.parse(await response.json()).code]).toEqual([status, code]);
});

test("a pair is named and compared as its deployment says, merges of its repository included", async () => {
  const settings = JSON.stringify({ routes: [], templates: ["/users/{userId}"], aliases: {}, contract: null });
  const id = "7-13-0123456789ab";
  await stand.rows(
    `INSERT INTO shadow_deployments (id, repo_id, repo_full_name, pr_number, pr_title, branch, head_sha, hosts, shadow_origin,
     rate, methods, control_share, credentials, compare_settings, state, created_at, updated_at)
     SELECT ?, repo_id, repo_full_name, 13, pr_title, branch, head_sha, hosts, shadow_origin,
     rate, methods, control_share, credentials, ?, state, created_at, updated_at FROM shadow_deployments`,
    id,
    settings,
  );
  await stand.rows("INSERT INTO route_aliases VALUES (7, 'GET /blog/hello', 'GET /blog/{slug}', 'accepted', 1)");
  await stand.rows("INSERT INTO route_aliases VALUES (7, 'GET /blog/feed', 'GET /blog/{slug}', 'refused', 1)");
  await stand.rows("INSERT INTO route_aliases VALUES (7, 'GET /shop/a', 'GET /shop/{x}', 'proposed', 1)");
  const paths = ["/users/anna", "/blog/hello", "/blog/new", "/blog/feed", "/shop/a"];
  for (const [n, path] of paths.entries())
    await post(request({ deployment_id: id, pair_id: `route-${n}`, request: { method: "GET", path } }));
  await stand.rows("DELETE FROM route_aliases");
  expect((await stand.rows("SELECT route FROM response_pairs ORDER BY id")).map(({ route }) => route)).toEqual([
    "GET /users/{userId}",
    "GET /blog/{slug}",
    "GET /blog/{slug}",
    "GET /blog/feed",
    "GET /shop/a",
  ]);
});

test("routes that differ in one segment and answer alike are proposed as one, once", async () => {
  const post1 = (kind: string, n: number, body: object) =>
    post(
      request({
        pair_id: `${kind}-${n}`,
        request: { method: "GET", path: `/${kind}/${"abcdefghij"[n]}` },
        prod_response: { status: 200, body, latency_ms: 1 },
        shadow_response: { status: 200, body, latency_ms: 1 },
      }),
    );
  for (let n = 0; n < 10; n += 1) {
    await post1("blog", n, { id: n, title: "t" });
    await post1("page", n, { [`field${n}`]: n });
  }
  await stand.worker.scheduled({ cron: "*/5 * * * *" });
  const proposed = await stand.rows("SELECT target, state, count(*) AS routes FROM route_aliases GROUP BY 1, 2");
  await stand.rows("UPDATE route_aliases SET state = 'refused' WHERE route = 'GET /blog/a'");
  await stand.worker.scheduled({ cron: "*/5 * * * *" });
  const after = await stand.rows("SELECT state, count(*) AS routes FROM route_aliases GROUP BY 1");
  await stand.rows("DELETE FROM route_aliases");
  expect(proposed).toEqual([{ target: "GET /blog/{slug}", state: "proposed", routes: 10 }]);
  expect(after).toEqual([
    { state: "proposed", routes: 9 },
    { state: "refused", routes: 1 },
  ]);
});
