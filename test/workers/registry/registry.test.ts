/** The registry object of a host: leases that run out, the kill switch, and counters that add up whatever is lost or repeated. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LEASE_MS, type SyncReport } from "../../../core/wire/sync.ts";
import { startTee, type TeeStack } from "../tee/stack.ts";
import { DEPLOYMENT_ID, target } from "../tee/target.ts";

let stack: TeeStack;

beforeAll(async () => {
  stack = await startTee("http://127.0.0.1:9");
});

afterAll(() => stack?.close());

function report(isolateId: string, sequence: number, seen: number): SyncReport {
  const counters = {
    seen,
    sampled: seen,
    sent: 0,
    equal: 0,
    answered: 0,
    failed: 0,
    skipped: { stream: 1 },
    dropped: { queue: seen },
  };
  return { isolateId, sequence, unrouted: 2, deployments: { [DEPLOYMENT_ID]: counters }, equalRoutes: {}, open: [] };
}

async function sql(host: string, query: string): Promise<void> {
  const worker = stack.harness.getWorker("shadow-infra-report");
  const storage = await worker.getDurableObjectStorage("REGISTRY", { name: host });
  await storage.exec(query);
}

describe("a lease", () => {
  test("puts the whole target into the table, and a renewal replaces it", async () => {
    const registry = stack.registry("lease.test");
    await registry.lease(target("http://one.test", { rate: 0.5 }));
    await registry.lease(target("http://two.test", { rate: 0.25 }));
    const table = await registry.sync(report("a", 1, 0));
    expect(table.targets).toEqual([target("http://two.test", { rate: 0.25 })]);
    expect(Math.abs(table.stampedAt - Date.now())).toBeLessThan(5_000);
    expect(table.killSwitch).toBe(false);
  });

  test("that is not renewed runs out", async () => {
    const registry = stack.registry("expiry.test");
    await registry.lease(target("http://one.test"));
    await sql("expiry.test", `UPDATE targets SET expires_at = expires_at - ${LEASE_MS}`);
    expect((await registry.sync(report("a", 1, 0))).targets).toEqual([]);
  });

  test("that is released ends at once, and its counters stay", async () => {
    const registry = stack.registry("release.test");
    await registry.lease(target("http://one.test"));
    await registry.lease(target("http://two.test", { deploymentId: "7-2-0123456789ab" }));
    await registry.release(DEPLOYMENT_ID);
    const { targets } = await registry.sync(report("a", 1, 3));
    expect(targets.map((one) => one.deploymentId)).toEqual(["7-2-0123456789ab"]);
    expect((await registry.counters(DEPLOYMENT_ID)).seen).toBe(3);
  });
});

test("the kill switch is in every table until it is off", async () => {
  const registry = stack.registry("kill.test");
  await registry.setKillSwitch(true);
  expect((await registry.sync(report("a", 1, 0))).killSwitch).toBe(true);
  await registry.setKillSwitch(false);
  expect((await registry.sync(report("a", 2, 0))).killSwitch).toBe(false);
});

describe("counters", () => {
  test("of all isolates add up, by their latest report", async () => {
    const registry = stack.registry("sum.test");
    for (const one of [report("a", 1, 5), report("a", 3, 9), report("a", 2, 7), report("a", 3, 9), report("b", 1, 1)])
      await registry.sync(one);
    const expected = { seen: 10, sampled: 10, sent: 0, skipped: { stream: 2 }, dropped: { queue: 10 }, unrouted: 4 };
    expect(await registry.counters(DEPLOYMENT_ID)).toEqual(expected);
  });

  test("of silent isolates are folded into one row each and still count", async () => {
    const registry = stack.registry("fold.test");
    for (const id of ["a", "b"]) await registry.sync(report(id, 1, 5));
    await sql("fold.test", "UPDATE isolates SET reported_at = 0");
    await registry.sync(report("c", 1, 1));
    expect(await registry.counters(DEPLOYMENT_ID)).toMatchObject({ seen: 11, dropped: { queue: 11 }, unrouted: 6 });
  });

  test("of an unknown deployment are zero", async () => {
    const none = { seen: 0, sampled: 0, sent: 0, skipped: {}, dropped: {}, unrouted: 0 };
    expect(await stack.registry("none.test").counters("7-9-0123456789ab")).toEqual(none);
  });
});
