/** Faults that a request asks for: the real Worker's code on its real stores, refusing instead of failing in some other way. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { FAULTS_HEADER, formatFaults } from "../../../../core/wire/faults.ts";
import { seedStatements } from "../../../../infra/local/seed/fill.ts";
import { seededDeployment } from "../../../../infra/local/seed/size.ts";
import { type ReportWorker, startReportWorker } from "../report-worker.ts";
import { workerModule } from "../worker-module.ts";

const NONE = { d1LatencyMs: 0, failRate: 0, seed: 1 };

let report: ReportWorker;
beforeAll(async () => {
  report = await startReportWorker();
  for (const statement of seedStatements({ pairs: 60, deployments: 1, seed: 1 }))
    await report.env.DB.prepare(statement).run();
});
afterAll(() => report.close());

function ask(path: string, faults?: string): Promise<Response> {
  return report.fetch(path, faults === undefined ? {} : { headers: { [FAULTS_HEADER]: faults } });
}

test("a request that asks for none is answered as ever, and told that faults could be had", async () => {
  const [plain, asking] = [await ask("/api/deployments"), await ask("/api/deployments", formatFaults(NONE))];
  expect([plain.headers.has(FAULTS_HEADER), asking.headers.get(FAULTS_HEADER)]).toEqual([false, formatFaults(NONE)]);
  expect(await asking.json()).toEqual(await plain.json());
});

test("a database that fails is a problem document, not an error without words", async () => {
  const answer = await ask("/api/shadow/stats", formatFaults({ ...NONE, failRate: 1 }));
  expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
  expect(await answer.json()).toMatchObject({ code: "storage-unavailable" });
});

test("a slow database makes each of its calls wait, and changes no answer", async () => {
  const path = `/api/deployments/${seededDeployment(0)}`;
  const plain = await (await ask(path)).json();
  const startedAt = performance.now();
  const slow = await ask(path, formatFaults({ ...NONE, d1LatencyMs: 300 }));
  expect(performance.now() - startedAt).toBeGreaterThan(290);
  expect(await slow.json()).toEqual(plain);
});

test("every share of failures leaves answers either right or refused", async () => {
  const paths = ["", "/drifts", "/pairs", "/routes"].map((rest) => `/api/deployments/${seededDeployment(0)}${rest}`);
  const right = await Promise.all(paths.map(async (path) => (await ask(path)).text()));
  const statuses = new Set<number>();
  for (let seed = 1; seed <= 12; seed += 1)
    for (const [n, path] of paths.entries()) {
      const answer = await ask(path, formatFaults({ ...NONE, failRate: 0.3, seed }));
      statuses.add(answer.status);
      const text = await answer.text();
      if (answer.status === 200) expect(text).toBe(right[n]);
    }
  expect(statuses).toEqual(new Set([200, 503]));
});

test("a ledger for which a registry did not answer says that it is stale, whichever call failed", async () => {
  const path = `/api/deployments/${seededDeployment(0)}/ledger`;
  const right = await (await ask(path)).text();
  let stale = 0;
  for (let seed = 1; seed <= 20; seed += 1) {
    const answer = await ask(path, formatFaults({ ...NONE, failRate: 0.2, seed }));
    const text = await answer.text();
    if (answer.status !== 200 || text === right) continue;
    stale += 1;
    expect(JSON.parse(text)).toMatchObject({ stale: true });
  }
  expect(stale).toBeGreaterThan(1);
});

test("what does not have the form of faults is ignored", async () => {
  const answer = await ask("/api/deployments", "d1-latency=99999;fail=1;seed=1");
  expect([answer.status, answer.headers.has(FAULTS_HEADER)]).toEqual([200, false]);
});

test("a deployed Worker does not read it", async () => {
  interface Faults {
    faultsOf(request: Request, env: { SHADOW_INFRA_MODE: string }): unknown;
  }
  const { faultsOf } = await workerModule<Faults>("local/faults.ts");
  const request = new Request("http://localhost/", {
    headers: { [FAULTS_HEADER]: formatFaults({ ...NONE, failRate: 1 }) },
  });
  const of = (mode: string) => faultsOf(request, { SHADOW_INFRA_MODE: mode });
  expect([of("deployed"), of("Local"), of("local")]).toEqual([null, null, { ...NONE, failRate: 1 }]);
});
