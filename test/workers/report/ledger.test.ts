/** The ledger through the real registries and the real database: from what tees report to the sum on screen. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Ledger, LedgerSchema } from "../../../core/wire/api/ledger.ts";
import { counters, reportOf } from "../tee-report.ts";
import { mirror } from "./counting.ts";
import { type ReportWorker, startReportWorker } from "./report-worker.ts";
import { seedPair } from "./seed.ts";

let report: ReportWorker;
/** Each test has a deployment and hosts of its own. */
let pull = 500;
let id = "";
let hosts: readonly [string, string] = ["", ""];

beforeAll(async () => {
  report = await startReportWorker();
});
beforeEach(() => {
  pull += 1;
  id = `7-${pull}-0123456789ab`;
  hosts = [`a${pull}.example.com`, `b${pull}.example.com`];
});
afterAll(() => report.close());

async function ledger(): Promise<Ledger> {
  const response = await report.fetch(`/api/deployments/${id}/ledger`);
  expect(response.status).toBe(200);
  return LedgerSchema.parse(await response.json());
}

test("adds what the tees of all hosts counted to what is stored, and names the hosts", async () => {
  await mirror(report, { id, hosts, pull });
  const own = counters({
    seen: 10,
    sampled: 9,
    sent: 5,
    equal: 1,
    skipped: { credentials: 2 },
    dropped: { memory: 1 },
  });
  await report.registry(hosts[0]).sync(reportOf("one", { unrouted: 3, deployments: { [id]: own } }));
  await report.registry(hosts[1]).sync(reportOf("two", { deployments: { [id]: own } }));
  for (const pair of ["1", "2", "3"]) await seedPair(report.env, { id: `${id}-${pair}`, deploymentId: id });
  await seedPair(report.env, { id: `${id}-4`, deploymentId: id, shadowFailed: "refused" });
  const standing = { breaker: "closed", probability: 0.01 };
  expect(await ledger()).toEqual({
    seen: 20,
    sampled: 18,
    compared: 5,
    equalWithoutRow: 2,
    shadowFailed: 1,
    shadowFailedReasons: { refused: 1 },
    skipped: { credentials: 4 },
    dropped: { memory: 2 },
    lost: { isolate: 0, queue: 0 },
    inFlight: 6,
    inFlightAt: { tee: 0, queue: 6 },
    unreported: 0,
    unrouted: 3,
    hosts: [
      { host: hosts[0], unrouted: 3, killSwitch: false, standing },
      { host: hosts[1], unrouted: 0, killSwitch: false, standing },
    ],
    stale: false,
    unexplained: 0,
  });
});

test("keeps the hosts that an update took away, and the update ends their leases", async () => {
  await mirror(report, { id, hosts, pull });
  const own = counters({ seen: 4, sampled: 4, skipped: { stream: 4 } });
  await report.registry(hosts[1]).sync(reportOf("one", { unrouted: 2, deployments: { [id]: own } }));
  await ledger();
  await mirror(report, { id, hosts: [hosts[0]], pull });
  const after = await ledger();
  expect(after).toMatchObject({ seen: 4, skipped: { stream: 4 }, unrouted: 2 });
  expect(after.hosts.map(({ host, standing }) => [host, standing !== null])).toEqual([
    [hosts[0], true],
    [hosts[1], false],
  ]);
});

test("an update ends leases of hosts that only the counters still know", async () => {
  await mirror(report, { id, hosts, pull });
  const own = counters({ seen: 1 });
  await report.registry(hosts[1]).sync(reportOf("one", { deployments: { [id]: own } }));
  await ledger();
  // As if the registry had not answered when the host was taken away: its lease is left.
  await report.env.DB.prepare("UPDATE shadow_deployments SET hosts = ? WHERE id = ?")
    .bind(JSON.stringify([hosts[0]]), id)
    .run();
  await mirror(report, { id, hosts: [hosts[0]], pull });
  expect((await report.registry(hosts[1]).sync(reportOf("two", {}))).targets).toEqual([]);
});

test("shows a host whose mirroring is switched off", async () => {
  await mirror(report, { id, hosts, pull });
  await report.service("PUT", `/api/hosts/${hosts[1]}/kill-switch`, { on: true });
  expect((await ledger()).hosts.map(({ killSwitch }) => killSwitch)).toEqual([false, true]);
});

test("a registry that cannot write makes it stale within its limit, and what was written before still stands", async () => {
  await mirror(report, { id, hosts: [hosts[0]], pull });
  const at = (seen: number, sequence: number) =>
    report.registry(hosts[0]).sync(reportOf("one", { sequence, deployments: { [id]: counters({ seen }) } }));
  await at(5, 1);
  expect(await ledger()).toMatchObject({ seen: 5, stale: false });
  // The table refuses what the registry writes: for the reader the registry is as good as dead.
  await report.env.DB.prepare(
    "CREATE TRIGGER refuse BEFORE UPDATE ON tee_counters BEGIN SELECT RAISE(FAIL, 'no'); END",
  ).run();
  await at(9, 2);
  const began = Date.now();
  expect(await ledger()).toMatchObject({ seen: 5, stale: true, unexplained: 0 });
  expect(Date.now() - began).toBeLessThan(3_500);
  await report.env.DB.prepare("DROP TRIGGER refuse").run();
  expect(await ledger()).toMatchObject({ seen: 9, stale: false });
});
