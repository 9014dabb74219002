import { afterEach, beforeEach, expect, test } from "vitest";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { driverFor, settle } from "../../../standins/kubernetes/passes.ts";
import { spec } from "../../../standins/kubernetes/specs.ts";

const NAME = "shadow-pr12-3mv";
const quiet = new AbortController().signal;

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await startClusterDouble();
});
afterEach(async () => cluster.close());

function writes(): readonly string[] {
  return cluster.requests.filter((request) => !request.startsWith("GET"));
}

test("a namespace that is still going is waited for, and made anew", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  cluster.settings.terminationLooks = 3;
  await driver.remove(NAME, quiet);
  expect(await driver.ensure(spec(), quiet)).toMatchObject({
    state: "progressing",
    words: expect.stringContaining("still being removed"),
  });
  expect(await settle(driver, spec())).toMatchObject({ state: "ready" });
});

test("a namespace of that name that is not ours is left alone", async () => {
  cluster.store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: NAME } });
  expect(await driverFor(cluster).ensure(spec(), quiet)).toMatchObject({
    failure: "refused-by-cluster",
    words: expect.stringContaining("not ours"),
  });
  expect(writes()).toEqual([]);
});

test("in each namespace it makes it gives itself the rights inside, once", async () => {
  const access = {
    clusterRole: "shadow-infra-stack",
    subject: { kind: "ServiceAccount", name: "provisioner", namespace: "shadow-infra" },
  } as const;
  const driver = driverFor(cluster, { access });
  expect(await driver.ensure(spec(), quiet)).toMatchObject({ state: "progressing", words: "its namespace is made" });
  expect(cluster.store.get("rolebindings", NAME, "shadow-infra-stack")).toMatchObject({
    roleRef: { kind: "ClusterRole", name: "shadow-infra-stack" },
  });
  await settle(driver, spec());
  expect(writes().filter((request) => request.includes("rolebindings")).length).toBe(1);
});
