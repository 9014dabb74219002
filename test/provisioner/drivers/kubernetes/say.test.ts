import { afterEach, beforeEach, expect, test } from "vitest";
import { DriverUnavailable } from "../../../../infra/provisioner/drivers/driver.ts";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { CLUSTER, driverFor, passesUntil, START_LIMIT_MS, settle } from "../../../standins/kubernetes/passes.ts";
import { sha, spec } from "../../../standins/kubernetes/specs.ts";

const NAME = "shadow-pr12-3mv";
const quiet = new AbortController().signal;

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await startClusterDouble();
});
afterEach(async () => cluster.close());

test("each pass says what it waits for", async () => {
  const seen = await passesUntil(driverFor(cluster), spec());
  const words = seen.flatMap((standing) => (standing.state === "progressing" ? [standing.words] : []));
  expect(words.some((text) => /db: 0 of 1 ready.*web: waits for its turn/.test(text))).toBe(true);
  expect(words.some((text) => text.startsWith("gateway: "))).toBe(true);
});

test.each([
  [
    "image-pull",
    { kind: "waiting", reason: "ImagePullBackOff", message: 'Back-off pulling image "shop:1"' },
    "web: Back-off pulling",
  ],
  ["crash-loop", { kind: "crash", exitCode: 1 }, "web: it ended with exit code 1"],
  ["crash-loop", { kind: "crash", exitCode: 137, reason: "OOMKilled" }, "web: out of memory (OOMKilled)"],
  [
    "config-error",
    { kind: "waiting", reason: "CreateContainerConfigError", message: "secret env not found" },
    "web: secret env",
  ],
  [
    "pod-security",
    { kind: "refused", message: 'pods "web" is forbidden: violates PodSecurity "restricted:latest"' },
    "web: pods",
  ],
  ["quota", { kind: "refused", message: 'pods "web" is forbidden: exceeded quota: stack' }, "web: pods"],
] as const)("%s: %o says which service and why", async (failure, script, words) => {
  cluster.script("web", script);
  const standing = await settle(driverFor(cluster), spec(), ["failed", "ready"]);
  expect(standing).toMatchObject({ state: "failed", failure, words: expect.stringContaining(words) });
  expect(standing.services.find(({ name }) => name === "web")).toMatchObject({ state: "failed" });
  expect(standing.services.find(({ name }) => name === "db")).toMatchObject({ state: "ready" });
});

test("no node with room is a failure after a while", async () => {
  cluster.script("web", { kind: "unschedulable", message: "0/3 nodes are available: 3 Insufficient cpu." });
  const driver = driverFor(cluster);
  for (let pass = 0; pass < 10; pass += 1) expect((await driver.ensure(spec(), quiet)).state).toBe("progressing");
  cluster.clock.now += 45_000;
  expect(await driver.ensure(spec(), quiet)).toMatchObject({
    failure: "unschedulable",
    words: expect.stringContaining("Insufficient cpu"),
  });
});

test("a crash loop that heals becomes ready", async () => {
  const driver = driverFor(cluster);
  cluster.script("web", { kind: "crash", exitCode: 1 });
  await settle(driver, spec(), ["failed"]);
  cluster.script("web", { kind: "fine" });
  expect(await settle(driver, spec())).toMatchObject({ state: "ready" });
});

test("past the start limit what runs unhealthily is named with its log, and what is not there is named too", async () => {
  cluster.script("db", { kind: "never-ready" });
  cluster.settings.log = "waiting for a licence\n";
  const driver = driverFor(cluster);
  for (let pass = 0; pass < 5; pass += 1) await driver.ensure(spec(), quiet);
  cluster.clock.now += START_LIMIT_MS - 1;
  expect((await driver.ensure(spec(), quiet)).state).toBe("progressing");
  cluster.clock.now += 1;
  expect(await driver.ensure(spec(), quiet)).toMatchObject({
    failure: "unhealthy",
    words: expect.stringMatching(/^db: runs and does not become healthy \(0 of 1 ready\), not ready after 600 s$/),
    log: "waiting for a licence\n",
  });
  cluster.script("db", { kind: "waiting", reason: "ContainerCreating", message: "" });
  expect(await driver.ensure(spec(), quiet)).toMatchObject({
    failure: "start-timeout",
    words: expect.stringContaining("db: 0 of 1 ready; web: waits for its turn"),
  });
});

test("the limit counts from the first look at a commit, over restarts of the provisioner, and anew for a push", async () => {
  cluster.script("db", { kind: "never-ready" });
  await driverFor(cluster).ensure(spec(), quiet);
  cluster.clock.now += START_LIMIT_MS;
  expect((await driverFor(cluster).ensure(spec(), quiet)).state).toBe("failed");
  expect((await driverFor(cluster).ensure(spec({ identity: { sha: sha("b") } }), quiet)).state).toBe("progressing");
});

test("a stack that was ready and lost a pod has the whole limit again", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  cluster.clock.now += 10 * START_LIMIT_MS;
  await driver.ensure(spec(), quiet);
  cluster.script("web", { kind: "never-ready" });
  for (const { metadata } of cluster.store.all("pods", NAME)) cluster.store.drop("pods", NAME, metadata.name);
  for (let pass = 0; pass < 3; pass += 1) {
    cluster.clock.now += 1_000;
    await driver.ensure(spec(), quiet);
  }
  expect((await driver.ensure(spec(), quiet)).state).toBe("progressing");
  cluster.clock.now += START_LIMIT_MS;
  expect((await driver.ensure(spec(), quiet)).state).toBe("failed");
});

test("a refusal of the API is a failure in its own words; a conflict passes", async () => {
  const driver = driverFor(cluster);
  cluster.interfere(({ method, url }) =>
    method === "PATCH" && url.pathname.endsWith("/deployments/db")
      ? {
          status: 403,
          body: { kind: "Status", message: 'deployments.apps "db" is forbidden: exceeded quota: count, requested: 1' },
        }
      : null,
  );
  expect(await settle(driver, spec(), ["failed"])).toMatchObject({
    failure: "quota",
    words: expect.stringContaining("exceeded quota: count"),
  });
  cluster.interfere(({ method, url }) =>
    method === "PATCH" && url.pathname.endsWith("/deployments/db")
      ? { status: 409, body: { kind: "Status", message: "the object has been modified" } }
      : null,
  );
  expect((await driver.ensure(spec(), quiet)).state).toBe("progressing");
  cluster.interfere(() => null);
  expect(await settle(driver, spec())).toMatchObject({ state: "ready" });
});

test("a cluster that fails in the middle leaves nothing known; the next pass goes on", async () => {
  const driver = driverFor(cluster);
  let answers = 0;
  cluster.interfere(() => ((answers += 1) % 7 === 0 ? { status: 503, body: "busy" } : null));
  let unavailable = 0;
  for (let pass = 0; pass < 60; pass += 1) {
    const standing = await driver.ensure(spec(), quiet).catch((error: unknown) => {
      expect(error).toBeInstanceOf(DriverUnavailable);
      unavailable += 1;
      return null;
    });
    if (standing?.state === "ready") break;
  }
  expect(unavailable).toBeGreaterThan(0);
  cluster.interfere(() => null);
  expect(await settle(driver, spec())).toMatchObject({ state: "ready" });
});

test("with a port of the node the address is this machine's", async () => {
  const driver = driverFor(cluster, { cluster: { ...CLUSTER, reach: { kind: "node-port" } } });
  const ready = await settle(driver, spec());
  expect(ready).toMatchObject({ origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3\d{4}$/) });
  await driver.ensure(spec(), quiet);
  expect(await driver.ensure(spec(), quiet)).toMatchObject({ origin: (ready as { origin: string }).origin });
});
