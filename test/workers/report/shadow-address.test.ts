/** A deployed report Worker: where shadows may live, and the operator's settings that a lease needs. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";

const ID = "7-12-0123456789ab";
const PATH = `/api/deployments/${ID}`;
const PUT = {
  repository: { id: 7, fullName: "acme/shop" },
  pull: { number: 12, title: "Round prices", url: null, branch: "round-prices" },
  headSha: "0123456789ab",
  hosts: ["shop.shadow.example.com"],
  shadowOrigin: "https://pr-12.shadow.example.com/",
};

let report: ReportWorker;

beforeAll(async () => {
  report = await startReportWorker({
    vars: { SHADOW_INFRA_MODE: "deployed", SHADOW_INFRA_SHADOW_SUFFIXES: "shadow.example.com,vercel.app" },
    secrets: { SHADOW_INFRA_SERVICE_HEADERS: "not JSON" },
  });
});
afterAll(() => report.close());

test("a shadow below the operator's suffix is registered, in its one spelling", async () => {
  const created = await report.service("PUT", PATH, PUT);
  expect([created.status, await created.json()]).toMatchObject([
    201,
    { shadowOrigin: "https://pr-12.shadow.example.com" },
  ]);
});

test.each([
  ["http://localhost:3001", "only https"],
  ["http://pr-12.shadow.example.com", "only https"],
  ["https://127.0.0.1", "not an address in numbers"],
  ["https://pr-12.elsewhere.example.com", "has an entry under which anybody can have a name (vercel.app)"],
  ["https://shop.shadow.example.com", "it is one of the hosts whose traffic is mirrored"],
])("%s is refused, and the words say why: %s", async (shadowOrigin, words) => {
  const refused = await report.service("PUT", PATH, { ...PUT, shadowOrigin });
  const { detail, code } = ProblemSchema.parse(await refused.json());
  expect([refused.status, code]).toEqual([400, "invalid-request"]);
  expect(detail).toMatch(/^shadowOrigin: /);
  expect(detail).toContain(words);
});

test("nothing is leased while the gateway's headers cannot be read", async () => {
  await report.service("PUT", PATH, PUT);
  await report.service("POST", `${PATH}/state`, { state: "ready" });
  const lease = await report.service("POST", `${PATH}/lease`);
  expect(ProblemSchema.parse(await lease.json()).code).toBe("settings-unreadable");
  expect(await report.registry("shop.shadow.example.com").standing(ID)).toBeNull();
});
