/** The kill switch of a host: who may turn it, what it stops, and that it needs no database. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { KillSwitchSchema } from "../../../core/wire/api/kill-switch.ts";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { reportOf } from "../tee-report.ts";
import { mirror } from "./counting.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";

const HOST = "shop.example.com";
const json = { "content-type": "application/json" };

let report: ReportWorker;
/** Without a single table. */
let empty: ReportWorker;

beforeAll(async () => {
  [report, empty] = await Promise.all([startReportWorker(), startReportWorker({ migrated: false })]);
});
afterAll(async () => {
  await report.close();
  await empty.close();
});

async function turn(worker: ReportWorker, on: boolean, host = HOST): Promise<unknown> {
  const answer = await worker.fetch(`/api/hosts/${host}/kill-switch`, {
    method: "PUT",
    headers: json,
    body: JSON.stringify({ on }),
  });
  expect(answer.status).toBe(200);
  return KillSwitchSchema.parse(await answer.json());
}

test("stops the mirroring of a host with the next sync of each isolate, and starts it again", async () => {
  await mirror(report, { id: "7-900-0123456789ab", hosts: [HOST], pull: 900 });
  const table = () => report.registry(HOST).sync(reportOf("one", { sequence: Date.now() }));
  expect((await table()).targets).toHaveLength(1);
  expect(await turn(report, true)).toEqual({ host: HOST, on: true });
  expect(await table()).toMatchObject({ killSwitch: true, targets: [] });
  expect(await turn(report, false)).toEqual({ host: HOST, on: false });
  expect((await table()).targets).toHaveLength(1);
});

test("works without a database, and on a host that nobody registered", async () => {
  expect((await empty.fetch("/api/deployments")).status).toBe(503);
  expect(await turn(empty, true, "new.example.com")).toEqual({ host: "new.example.com", on: true });
  const read = await empty.fetch("/api/hosts/new.example.com/kill-switch");
  expect(await read.json()).toEqual({ host: "new.example.com", on: true });
  expect(await (await empty.fetch("/api/hosts/other.example.com/kill-switch")).json()).toMatchObject({ on: false });
});

test("takes a host in any letters, and the name the tee knows it by is turned", async () => {
  expect(await turn(report, true, "WWW.Example.COM")).toEqual({ host: "www.example.com", on: true });
  expect((await report.registry("www.example.com").sync(reportOf("two", {}))).killSwitch).toBe(true);
});

test.each([
  ["a host with a port", "shop.example.com:8080", '{"on":true}'],
  ["words instead of yes or no", HOST, '{"on":"yes"}'],
  ["more than it takes", HOST, '{"on":true,"for":"ever"}'],
])("%s is refused", async (_, host, body) => {
  const answer = await report.fetch(`/api/hosts/${host}/kill-switch`, { method: "PUT", headers: json, body });
  expect(ProblemSchema.parse(await answer.json()).code).toBe("invalid-request");
});

test("a page of another site cannot turn it", async () => {
  const headers = { ...json, origin: "https://evil.example.net" };
  const answer = await report.fetch(`/api/hosts/${HOST}/kill-switch`, { method: "PUT", headers, body: '{"on":true}' });
  expect(ProblemSchema.parse(await answer.json()).code).toBe("foreign-origin");
});
