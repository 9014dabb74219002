import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { CLUSTER, driverFor, removeWhole, settle } from "../../../standins/kubernetes/passes.ts";
import { sha, spec } from "../../../standins/kubernetes/specs.ts";

const NAME = "shadow-pr12-3mv";
const quiet = new AbortController().signal;

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await startClusterDouble();
});
afterEach(async () => cluster.close());

/** Everything of a stack, pods included. */
function leftOf(name: string): readonly string[] {
  return cluster.store.resources().flatMap((resource) =>
    cluster.store
      .all(resource)
      .filter(({ metadata }) => metadata.labels?.[LABELS.stack] === name)
      .map(({ metadata }) => `${resource}/${metadata.name}`),
  );
}

describe("with a namespace for every stack", () => {
  test("removing takes the namespace with all that is in it, however long it takes", async () => {
    cluster.settings.terminationLooks = 5;
    const driver = driverFor(cluster);
    await settle(driver, spec());
    expect(await driver.remove(NAME, quiet)).toBe("removing");
    expect(await driver.list(quiet)).toMatchObject([{ name: NAME, removing: true }]);
    expect(await removeWhole(driver, NAME)).toBeGreaterThan(3);
    expect(leftOf(NAME)).toEqual([]);
    expect(await driver.list(quiet)).toEqual([]);
  });

  test("removing what is not there is done", async () => {
    expect(await driverFor(cluster).remove(NAME, quiet)).toBe("gone");
  });

  test("a namespace without our labels is never deleted, whatever its name", async () => {
    cluster.store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: NAME } });
    await expect(driverFor(cluster).remove(NAME, quiet)).rejects.toThrow(/does not carry the labels/);
    await expect(driverFor(cluster).remove("kube-system", quiet)).rejects.toThrow(/no name of a stack/);
    expect(cluster.requests.filter((request) => request.startsWith("DELETE"))).toEqual([]);
  });

  test("stacks are found by their labels, with whose they are and until when", async () => {
    const driver = driverFor(cluster);
    await settle(driver, spec());
    await settle(driver, spec({ identity: { pr: null, role: "base", sha: sha("c") } }));
    cluster.store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "somebody-elses" } });
    const found = await driver.list(quiet);
    expect(found.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
      {
        name: `shadow-base-3mv-${sha("c").slice(0, 12)}`,
        repoId: 4711,
        pr: null,
        role: "base",
        sha: sha("c"),
        expiresAt: Date.UTC(2026, 0, 8),
        removing: false,
      },
      {
        name: NAME,
        repoId: 4711,
        pr: 12,
        role: "shadow",
        sha: sha("a"),
        expiresAt: Date.UTC(2026, 0, 8),
        removing: false,
      },
    ]);
  });
});

describe("with all stacks in one namespace", () => {
  const single = { cluster: { ...CLUSTER, namespace: "shadows" } };

  beforeEach(() => {
    cluster.store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shadows" } });
  });

  test("two stacks run side by side, and removing one leaves nothing of it and all of the other", async () => {
    const driver = driverFor(cluster, single);
    await settle(driver, spec());
    await settle(driver, spec({ identity: { pr: 13, sha: sha("c") } }));
    expect((await driver.list(quiet)).map(({ name }) => name).toSorted()).toEqual([NAME, "shadow-pr13-3mv"]);
    const others = leftOf("shadow-pr13-3mv");
    await removeWhole(driver, NAME);
    expect(leftOf(NAME)).toEqual([]);
    expect(leftOf("shadow-pr13-3mv")).toEqual(others);
    expect(await driver.list(quiet)).toMatchObject([{ name: "shadow-pr13-3mv" }]);
    expect(cluster.store.get("namespaces", null, "shadows")?.metadata.deletionTimestamp).toBeUndefined();
  });

  test("no namespace is ever asked for or changed", async () => {
    const driver = driverFor(cluster, single);
    await settle(driver, spec());
    await driver.list(quiet);
    await removeWhole(driver, NAME);
    expect(cluster.requests.filter((request) => /\/namespaces(\/[^/]+)?$/.test(request))).toEqual([]);
  });

  test("a stack that is being removed says so, and is made anew when it is wanted after all", async () => {
    const driver = driverFor(cluster, single);
    await settle(driver, spec());
    expect(await driver.remove(NAME, quiet)).toBe("removing");
    expect(await driver.list(quiet)).toMatchObject([{ name: NAME, removing: true }]);
    expect(await settle(driver, spec())).toMatchObject({ state: "ready" });
    expect(await driver.list(quiet)).toMatchObject([{ name: NAME, removing: false }]);
  });

  test("a pod that follows no workload goes too", async () => {
    const driver = driverFor(cluster, single);
    cluster.store.put("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name: "left-over",
        namespace: "shadows",
        labels: { [LABELS.stack]: NAME, "app.kubernetes.io/managed-by": "shadow-infra" },
      } as { name: string },
    });
    await removeWhole(driver, NAME);
    expect(leftOf(NAME)).toEqual([]);
  });
});
