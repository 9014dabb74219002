import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DriverUnavailable } from "../../../../infra/provisioner/drivers/driver.ts";
import { clientOf, messageOf, type OnCall, pathOf } from "../../../../infra/provisioner/drivers/kubernetes/client.ts";
import { applyOne, lastLines, listByLabel } from "../../../../infra/provisioner/drivers/kubernetes/objects.ts";
import { NAMESPACE, POD_LOG, resourceOf } from "../../../../infra/provisioner/drivers/kubernetes/verbs.ts";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";

const DEPLOYMENT = resourceOf("Deployment") ?? NAMESPACE;
const CONFIG_MAP = resourceOf("ConfigMap") ?? NAMESPACE;
const quiet = new AbortController().signal;

let cluster: ClusterDouble;
beforeAll(async () => {
  cluster = await startClusterDouble();
  await applyOne(
    client(),
    { resource: NAMESPACE, namespace: null },
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "home" } },
  );
});
beforeEach(() => cluster.interfere(() => null));
afterAll(async () => cluster.close());

function client(onCall?: OnCall, timeoutMs = 2_000) {
  return clientOf({ kubeConfig: cluster.kubeConfig, onCall, timeoutMs }, quiet);
}

function configMap(parts: Record<string, unknown> = {}) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "files" }, data: { a: "1" }, ...parts };
}

test("paths are those of the API: core group or not, in a namespace or not, sub-resource after the name", () => {
  expect(pathOf({ verb: "get", resource: NAMESPACE, namespace: null, name: "a" })).toBe("/api/v1/namespaces/a");
  expect(pathOf({ verb: "list", resource: DEPLOYMENT, namespace: "a" })).toBe("/apis/apps/v1/namespaces/a/deployments");
  expect(pathOf({ verb: "get", resource: POD_LOG, namespace: "a", name: "b" })).toBe("/api/v1/namespaces/a/pods/b/log");
  expect(pathOf({ verb: "get", resource: DEPLOYMENT, namespace: "a/b", name: "../c" })).toBe(
    "/apis/apps/v1/namespaces/a%2Fb/deployments/..%2Fc",
  );
});

test("what is applied arrives as it was, fields nobody knows included", async () => {
  const where = { resource: CONFIG_MAP, namespace: "home" };
  const applied = await applyOne(client(), where, configMap({ notInAnySchema: { a: [1] } }));
  expect(applied).toMatchObject({ data: { a: "1" }, notInAnySchema: { a: [1] } });
});

test("every call is told before it is made", async () => {
  const calls: unknown[] = [];
  await listByLabel(
    client((call) => calls.push(call)),
    { resource: DEPLOYMENT, namespace: "home" },
    { selector: "a=b", whole: true },
  );
  expect(calls).toEqual([{ verb: "list", apiGroup: "apps", resource: "deployments", namespace: "home" }]);
});

test.each([
  [429, "come back later"],
  [401, "credentials"],
  [500, "etcdserver: request timed out"],
  [503, "the server is currently unable"],
])("an answer of %i leaves nothing known, and says why", async (status, words) => {
  cluster.interfere(() => ({ status, body: { kind: "Status", message: words }, headers: { "retry-after": "1" } }));
  const call = applyOne(client(), { resource: CONFIG_MAP, namespace: "home" }, configMap());
  await expect(call).rejects.toThrow(DriverUnavailable);
  await expect(call).rejects.toThrow(words);
});

test.each(["hang-up", "silence"] as const)("a connection that ends in %s leaves nothing known", async (fault) => {
  cluster.interfere(() => fault);
  const call = applyOne(client(undefined, 200), { resource: CONFIG_MAP, namespace: "home" }, configMap());
  await expect(call).rejects.toThrow(DriverUnavailable);
  await expect(call).rejects.toThrow(
    fault === "silence" ? "no answer in time" : /did not answer \(patch configmaps files in home\)/,
  );
});

test("a server that is not there leaves nothing known", async () => {
  const other = await startClusterDouble();
  await other.close();
  const gone = clientOf({ kubeConfig: other.kubeConfig }, quiet);
  await expect(
    listByLabel(gone, { resource: DEPLOYMENT, namespace: "a" }, { selector: "a", whole: true }),
  ).rejects.toThrow(/ECONNREFUSED/);
});

test("an abort ends the call at once and is no fault of the cluster", async () => {
  cluster.interfere(() => "silence");
  const aborting = new AbortController();
  const call = applyOne(
    clientOf({ kubeConfig: cluster.kubeConfig }, aborting.signal),
    { resource: CONFIG_MAP, namespace: "home" },
    configMap(),
  );
  setTimeout(() => aborting.abort(), 20);
  await expect(call).rejects.toThrow(/aborted/);
  await expect(call).rejects.not.toThrow(DriverUnavailable);
});

test("what may not be listed is told to the operator, not taken for an empty list", async () => {
  cluster.interfere(() => ({
    status: 403,
    body: { kind: "Status", message: 'deployments.apps is forbidden: User "x" cannot list' },
  }));
  const call = listByLabel(client(), { resource: DEPLOYMENT, namespace: "home" }, { selector: "a", whole: true });
  await expect(call).rejects.toThrow(/cannot list.*Check the rights/);
});

test("calls share a connection, and after one that broke the next has a new one", async () => {
  const where = { resource: DEPLOYMENT, namespace: "home" };
  await listByLabel(client(), where, { selector: "a", whole: true });
  const before = cluster.connections();
  for (let call = 0; call < 10; call += 1) await listByLabel(client(), where, { selector: "a", whole: true });
  expect(cluster.connections()).toBe(before);
  cluster.interfere(() => "hang-up");
  await expect(listByLabel(client(), where, { selector: "a", whole: true })).rejects.toThrow(DriverUnavailable);
  cluster.interfere(() => null);
  await listByLabel(client(), where, { selector: "a", whole: true });
  expect(cluster.connections()).toBeGreaterThan(before);
});

test("a long list is read page by page", async () => {
  cluster.interfere(({ url }) => {
    const page = url.searchParams.get("continue") === null ? 1 : 2;
    const items = [{ metadata: { name: `page-${page}` } }];
    return { status: 200, body: { items, metadata: page === 1 ? { continue: "next" } : {} } };
  });
  const found = await listByLabel(
    client(),
    { resource: DEPLOYMENT, namespace: "home" },
    { selector: "a", whole: true },
  );
  expect(found.map(({ metadata }) => metadata.name)).toEqual(["page-1", "page-2"]);
});

test("a log keeps its end, where the reason stands, and is bounded", async () => {
  cluster.interfere(() => ({ status: 200, body: `${"x".repeat(20_000)}\nthe reason` }));
  const log = await lastLines(client(), { namespace: "home", pod: "web-1", container: "web", previous: true });
  expect(log?.length).toBe(8_192);
  expect(log?.endsWith("\nthe reason")).toBe(true);
});

test("a log that cannot be read is none", async () => {
  cluster.interfere(() => ({ status: 400, body: { message: "previous terminated container not found" } }));
  expect(await lastLines(client(), { namespace: "home", pod: "web-1", container: "web", previous: true })).toBeNull();
});

test("the API's words are found in a Status, in text of a proxy, and bounded", () => {
  expect(messageOf('{"kind":"Status","message":"no"}')).toBe("no");
  expect(messageOf("<html>502</html>")).toBe("<html>502</html>");
  expect(messageOf('{"broken')).toBe('{"broken');
  expect(messageOf("x".repeat(5_000)).length).toBe(1_000);
});
