import { afterEach, beforeEach, expect, test } from "vitest";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { CLUSTER, driverFor, settle } from "../../../standins/kubernetes/passes.ts";
import { sha, spec } from "../../../standins/kubernetes/specs.ts";

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
])("a stack says which images it runs, also while it sleeps (%s)", async (_mode, namespace) => {
  const one = spec({ image: "shop:1" });
  const driver = driverFor(cluster, { cluster: { ...CLUSTER, namespace } });
  expect(await driver.images?.(one.identity, quiet)).toEqual({});
  await settle(driver, one);
  const images = { db: "shop:1", web: "shop:1" };
  expect(await driver.images?.(one.identity, quiet)).toEqual(images);
  expect(await driver.images?.({ ...one.identity, sha: sha("b") }, quiet)).toEqual({});
  await driver.idle(one, quiet);
  expect(await driver.images?.(one.identity, quiet)).toEqual(images);
});
