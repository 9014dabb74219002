import { afterEach, beforeEach, expect, test } from "vitest";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { CLUSTER, driverFor, START_LIMIT_MS, settle } from "../../../standins/kubernetes/passes.ts";
import { spec } from "../../../standins/kubernetes/specs.ts";

const NAME = "shadow-pr12-3mv";
const quiet = new AbortController().signal;

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await startClusterDouble();
  cluster.store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shadows" } });
});
afterEach(async () => cluster.close());

test.each([
  ["a namespace each", null],
  ["one namespace for all", "shadows"],
])("idle: every deployment at nothing, its jobs gone, the rest kept (%s)", async (_mode, namespace) => {
  const home = namespace ?? NAME;
  const seeded = spec({ workload: { seed: "npm run db:seed" } });
  const driver = driverFor(cluster, { cluster: { ...CLUSTER, namespace } });
  await settle(driver, seeded);
  const services = cluster.store.all("services", home).length;
  const [job] = cluster.store.all("jobs", home);
  await driver.idle(seeded, quiet);
  expect(cluster.store.all("deployments", home).map(({ spec: own }) => own?.replicas)).toEqual([0, 0, 0]);
  expect(cluster.store.all("jobs", home)).toEqual([]);
  expect(cluster.store.all("services", home).length).toBe(services);
  const patches = cluster.requests.length;
  await driver.idle(seeded, quiet);
  expect(cluster.requests.slice(patches).every((request) => request.startsWith("GET"))).toBe(true);

  // Brought back long after: with a limit of its own, and seeded anew, because its volumes were new.
  cluster.clock.now += 2 * START_LIMIT_MS;
  expect((await driver.ensure(seeded, quiet)).state).toBe("progressing");
  expect(await settle(driver, seeded)).toMatchObject({ state: "ready" });
  const [again] = cluster.store.all("jobs", home);
  expect(again?.metadata.uid).not.toBe(job?.metadata.uid);
  expect(cluster.store.all("deployments", home).map(({ spec: own }) => own?.replicas)).toEqual([1, 1, 1]);
});

test("a stack that is not there can be idle", async () => {
  await driverFor(cluster).idle(spec(), quiet);
  expect(cluster.requests.every((request) => request.startsWith("GET"))).toBe(true);
});
