/** What the provisioner tells and asks of many deployments at once: the open ones, their leases, and webhook deliveries. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DeploymentListSchema } from "../../../core/wire/api/deployments.ts";
import { LeasesSchema } from "../../../core/wire/api/leases.ts";
import { reportClient } from "../../../infra/provisioner/report/client.ts";
import { ReportRefused, ReportUnavailable } from "../../../infra/provisioner/report/report.ts";
import { code, mirroredOn } from "./answers.ts";
import { type ReportWorker, SERVICE_TOKEN, startReportWorker } from "./report-worker.ts";
import { seedDeployment } from "./seed.ts";

let report: ReportWorker;
/** Each test has a deployment of its own: the number of its pull request. */
let pull = 100;
let id = "";

beforeAll(async () => {
  report = await startReportWorker();
});
beforeEach(() => {
  pull += 1;
  id = `7-${pull}-0123456789ab`;
});
afterAll(() => report.close());

test("the open ones are all that are not closed, in the list and of a pull request", async () => {
  const idsAt = async (path: string) => {
    const list = DeploymentListSchema.parse(await (await report.service("GET", path)).json());
    return list.items.map((item) => item.id);
  };
  await seedDeployment(report.env, { id, pr_number: pull, state: "teardown_failed" });
  for (const path of ["/api/deployments?limit=50", `/api/pulls/7/${pull}?limit=50`]) {
    expect(await idsAt(`${path}&open=true`)).toContain(id);
    expect(await idsAt(`${path}&open=false`)).not.toContain(id);
  }
  await report.service("DELETE", `/api/deployments/${id}`);
  for (const path of ["/api/deployments?limit=50", `/api/pulls/7/${pull}?limit=50`]) {
    expect(await idsAt(`${path}&open=true`)).not.toContain(id);
    expect(await idsAt(`${path}&open=false`)).toContain(id);
  }
  expect(await code(await report.service("GET", "/api/deployments?open=maybe"))).toBe("400 invalid-request");
});

test("one call renews many leases, and says of each that it did not why not", async () => {
  const ready = Array.from({ length: 200 - 3 }, (_, n) => `7-${pull}-${String(n).padStart(12, "0")}`);
  for (const each of ready)
    await seedDeployment(report.env, { id: each, state: "ready", hosts: JSON.stringify(["many.example.com"]) });
  await seedDeployment(report.env, { id, state: "pending" });
  const closed = `7-${pull}-c105ed000000`;
  await seedDeployment(report.env, { id: closed, state: "closed" });
  const began = Date.now();
  const answer = await report.service("POST", "/api/leases", { ids: [...ready, id, closed, "none"] });
  expect(Date.now() - began).toBeLessThan(5_000);
  const { items } = LeasesSchema.parse(await answer.json());
  const renewed = items.filter(({ problem }) => problem === null);
  expect(renewed.map((item) => item.id)).toEqual(ready);
  for (const { expiresAt } of renewed) expect(Date.parse(expiresAt ?? "")).toBeGreaterThan(Date.now() + 50_000);
  expect(items.filter(({ problem }) => problem !== null)).toEqual([
    { id, expiresAt: null, problem: "deployment-not-ready" },
    { id: closed, expiresAt: null, problem: "deployment-closed" },
    { id: "none", expiresAt: null, problem: "deployment-not-found" },
  ]);
  expect((await mirroredOn(report, "many.example.com")).toSorted()).toEqual(ready.toSorted());
  const tooMany = Array.from({ length: 201 }, (_, n) => `x${n}`);
  expect(await code(await report.service("POST", "/api/leases", { ids: tooMany }))).toBe("400 invalid-request");
});

test("a delivery is new once, and forgotten after a month", async () => {
  const tell = (delivery: object) => report.service("POST", "/api/deliveries", { event: "pull_request", ...delivery });
  const whole = { id: `first-${pull}`, action: "opened", repoId: 7, prNumber: 12 };
  expect((await tell(whole)).status).toBe(201);
  expect(await code(await tell(whole))).toBe("409 delivery-known");
  const row = await report.env.DB.prepare("SELECT * FROM deliveries WHERE id = ?").bind(whole.id).first();
  expect(row).toMatchObject({ event: "pull_request", action: "opened", repo_id: 7, pr_number: 12 });
  const days = (n: number) => Date.now() - n * 24 * 60 * 60 * 1_000;
  for (const [name, at] of [
    ["old", days(31)],
    ["young", days(29)],
  ] as const)
    await report.env.DB.prepare("INSERT INTO deliveries (id, event, received_at) VALUES (?, 'ping', ?)")
      .bind(name, at)
      .run();
  expect((await tell({ id: `second-${pull}` })).status).toBe(201);
  expect((await tell({ id: "young" })).status).toBe(409);
  expect((await tell({ id: "old" })).status).toBe(201);
});

test("the provisioner's own client says and reads all of it", async () => {
  const { client, close } = await clientOf(report);
  const host = `client-${pull}.example.com`;
  const delivery = { id: `client-${pull}`, event: "pull_request", action: "opened", repoId: 7, prNumber: pull };
  expect([await client.recordDelivery(delivery), await client.recordDelivery(delivery)]).toEqual(["new", "known"]);
  const body = {
    repository: { id: 7, fullName: "acme/shop" },
    pull: { number: pull, title: "Round prices", url: null, branch: "round-prices" },
    headSha: "0123456789ab",
    hosts: [host],
    shadowOrigin: null,
  };
  await client.register(id, body);
  await client.setState(id, { state: "pending", reason: "Starting." });
  expect(await client.renew([id, "none"])).toEqual(
    new Map([
      [id, "deployment-not-ready"],
      ["none", "deployment-not-found"],
    ]),
  );
  const stack = { driver: "process", asked: "a hash", baseSha: null, failure: null } as const;
  await client.register(id, { ...body, shadowOrigin: "http://127.0.0.1:3001", stack });
  await client.setState(id, { state: "ready", reason: "Compared with production instead." });
  expect(await client.renew([id])).toEqual(new Map());
  expect(await mirroredOn(report, host)).toEqual([id]);
  expect(await client.openOf(7, pull)).toMatchObject([
    { id, state: "ready", stateReason: "Compared with production instead.", stack, lastPairAt: null },
  ]);
  expect((await client.open()).map((deployment) => deployment.id)).toContain(id);
  await client.setState(id, { state: "closing", reason: "Closed." });
  expect(await mirroredOn(report, host)).toEqual([]);
  await client.close(id);
  await client.close("none");
  expect(await client.openOf(7, pull)).toEqual([]);
  await expect(client.setState(id, { state: "ready" })).rejects.toMatchObject({ code: "deployment-closed" });
  await expect(client.register(id, { ...body, shadowOrigin: "https://elsewhere.example.com" })).rejects.toBeInstanceOf(
    ReportRefused,
  );
  await close();
  await expect(client.openOf(7, pull)).rejects.toBeInstanceOf(ReportUnavailable);
});

/** The client speaks HTTP to an address; the harness hands each request to the Worker as it is. */
async function clientOf(worker: ReportWorker) {
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await worker.fetch(request.url ?? "/", {
      method: request.method,
      headers: { authorization: request.headers.authorization ?? "", "content-type": "application/json" },
      body: chunks.length === 0 ? undefined : Buffer.concat(chunks),
    });
    response.writeHead(answer.status).end(await answer.text());
  };
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const client = reportClient({ origin: `http://127.0.0.1:${port}`, serviceToken: SERVICE_TOKEN, headers: {} });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { client, close };
}
