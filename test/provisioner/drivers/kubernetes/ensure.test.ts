import { afterEach, beforeEach, expect, test } from "vitest";
import { LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import { type ClusterDouble, startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { driverFor, passesUntil, settle } from "../../../standins/kubernetes/passes.ts";
import { dependsOn, SHOP, service, sha, spec } from "../../../standins/kubernetes/specs.ts";

const NAME = "shadow-pr12-3mv";
const quiet = new AbortController().signal;

let cluster: ClusterDouble;
beforeEach(async () => {
  cluster = await startClusterDouble();
});
afterEach(async () => cluster.close());

function namesOf(resource: string, namespace: string = NAME): readonly string[] {
  return cluster.store
    .all(resource, namespace)
    .map(({ metadata }) => metadata.name)
    .toSorted();
}

function writes(): readonly string[] {
  return cluster.requests.filter((request) => !request.startsWith("GET"));
}

test("a stack becomes ready: namespace, rules, services, workloads one after the other, gateway last", async () => {
  const seen = await passesUntil(driverFor(cluster), spec());
  expect(seen.at(-1)).toMatchObject({
    state: "ready",
    origin: "https://pr-12-3mv.shadow.example.com",
    stamped: true,
    podSecurity: "restricted",
    services: [
      { name: "db", image: "shop:1", state: "ready", reason: null },
      { name: "web", image: "shop:1", state: "ready", reason: null },
    ],
  });
  const order = writes().filter((request) =>
    /namespaces\/shadow-pr12-3mv$|quota|serviceaccounts|\/deployments\//.test(request),
  );
  expect(order.map((request) => request.split("/").at(-1))).toEqual([
    NAME,
    expect.any(String),
    expect.any(String),
    "db",
    "web",
    expect.stringMatching(/gateway/),
  ]);
  expect(namesOf("networkpolicies").length).toBeGreaterThan(1);
});

test("a stack at rest costs four reads and no write, and every five minutes a full look", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  await driver.ensure(spec(), quiet);
  const before = cluster.requests.length;
  expect(await driver.ensure(spec(), quiet)).toMatchObject({ state: "ready" });
  expect(
    cluster.requests
      .slice(before)
      .map((request) => request.replace(/.*\//, ""))
      .toSorted(),
  ).toEqual([NAME, "deployments", "jobs", "pods"].toSorted());
  cluster.clock.now += 300_000;
  const later = cluster.requests.length;
  expect(await driver.ensure(spec(), quiet)).toMatchObject({ state: "ready" });
  const full = cluster.requests.slice(later);
  expect(full.length).toBeGreaterThan(8);
  expect(full.every((request) => request.startsWith("GET"))).toBe(true);
});

test("a provisioner that starts anew finds the stack as it is and writes nothing", async () => {
  await settle(driverFor(cluster), spec());
  const before = writes().length;
  expect(await driverFor(cluster).ensure(spec(), quiet)).toMatchObject({ state: "ready" });
  expect(writes().length).toBe(before);
});

test("what somebody removed by hand comes back", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  cluster.store.drop("deployments", NAME, "web");
  cluster.clock.now += 300_000;
  expect(await settle(driver, spec())).toMatchObject({ state: "ready" });
  expect(namesOf("deployments")).toContain("web");
});

test("a push updates in place; the stamp changes when no old pod is left", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  const next = spec({ identity: { sha: sha("b") }, image: "shop:2" });
  let stampedAt: number | null = null;
  for (let pass = 0; pass < 20; pass += 1) {
    const old = cluster.store
      .all("pods", NAME)
      .filter(
        ({ metadata }) => metadata.labels?.[LABELS.part] !== "gateway" && metadata.labels?.[LABELS.sha] === sha("a"),
      ).length;
    const standing = await driver.ensure(next, quiet);
    const stamp = JSON.stringify(
      cluster.store.all("deployments", NAME).find(({ metadata }) => metadata.name.includes("gateway"))?.spec,
    );
    if (stamp.includes("4711-12-bbbbbbbbbbbb") && stampedAt === null) {
      stampedAt = pass;
      expect(old).toBe(0);
    }
    if (standing.state !== "ready") continue;
    expect(cluster.store.all("pods", NAME).every(({ metadata }) => metadata.labels?.[LABELS.sha] === sha("b"))).toBe(
      true,
    );
    expect(stampedAt).toBeGreaterThan(0);
    return;
  }
  expect.unreachable("the push never became ready");
});

test("a service that a push takes out of the compose file is removed, with what it had", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  await settle(driver, spec({ identity: { sha: sha("b") }, services: [service("web")] }));
  expect(namesOf("deployments").includes("db")).toBe(false);
  expect(namesOf("services").includes("db")).toBe(false);
});

test("a seed runs once, after the services and before the gateway, and again for another commit", async () => {
  const driver = driverFor(cluster);
  const seeded = spec({ workload: { seed: "npm run db:seed" } });
  await settle(driver, seeded);
  const [first] = namesOf("jobs");
  const order = writes()
    .filter((request) => /\/jobs\/|gateway|deployments\/web/.test(request))
    .map((request) => request.split("/").at(-2));
  expect(order.indexOf("jobs")).toBeGreaterThan(order.indexOf("deployments"));
  expect(order.lastIndexOf("jobs")).toBeLessThan(order.lastIndexOf("deployments"));
  await driver.ensure(seeded, quiet);
  expect(namesOf("jobs")).toEqual([first]);
  await settle(driver, spec({ identity: { sha: sha("b") }, workload: { seed: "npm run db:seed" } }));
  expect(namesOf("jobs").length).toBe(1);
  expect(namesOf("jobs")).not.toEqual([first]);
});

test("a seed that fails is named, with its log; a retry runs it anew", async () => {
  const driver = driverFor(cluster);
  cluster.script("shadow-seed", { kind: "crash", exitCode: 7 });
  cluster.settings.log = "relation users does not exist\n";
  const failed = await settle(driver, spec({ workload: { seed: "npm run db:seed" } }), ["failed", "ready"]);
  expect(failed).toMatchObject({
    state: "failed",
    failure: "seed-failed",
    words: "seed: it ended with exit code 7",
    log: "relation users does not exist\n",
  });
  cluster.script("shadow-seed", { kind: "fine" });
  expect(await driver.ensure(spec({ workload: { seed: "npm run db:seed" } }), quiet)).toMatchObject({
    failure: "seed-failed",
  });
  expect(await settle(driver, spec({ workload: { seed: "npm run db:seed" }, attempt: "99" }))).toMatchObject({
    state: "ready",
  });
});

test("a service waits for one that has to end well first, and fails when that fails", async () => {
  const services = [
    service("migrate", { restart: "no", ports: [] }),
    service("web", { dependsOn: [dependsOn("migrate", "completed")] }),
  ];
  const seen = await passesUntil(driverFor(cluster), spec({ services }));
  expect(seen.at(-1)).toMatchObject({
    services: [
      { name: "migrate", state: "done" },
      { name: "web", state: "ready" },
    ],
  });
  cluster.script("migrate", { kind: "crash", exitCode: 2 });
  const failed = await settle(driverFor(cluster), spec({ services, identity: { sha: sha("b") } }), ["failed", "ready"]);
  expect(failed).toMatchObject({ failure: "dependency-failed", words: "migrate: it ended with exit code 2" });
});

test("an object that cannot be changed is made anew", async () => {
  const driver = driverFor(cluster);
  await settle(driver, spec());
  const web = cluster.store.get("deployments", NAME, "web");
  if (web?.spec !== undefined) web.spec.selector = { matchLabels: { other: "selector" } };
  expect(await settle(driver, spec({ identity: { sha: sha("b") } }))).toMatchObject({ state: "ready" });
  expect(writes()).toContain(`DELETE /apis/apps/v1/namespaces/${NAME}/deployments/web`);
});

test("a spec that cannot be translated fails with the reason and makes nothing", async () => {
  const standing = await driverFor(cluster).ensure(
    spec({ services: [service("web", { dependsOn: [dependsOn("web")] })] }),
    quiet,
  );
  expect(standing).toMatchObject({ state: "failed", failure: "config-error" });
  expect(cluster.requests).toEqual([]);
});

test("what images are pulled with is there before what pulls, follows a new password, and goes with the last private image", async () => {
  const driverWith = (password: string) =>
    driverFor(cluster, { registryCredentials: new Map([["ghcr.io/acme", { username: "robot", password }]]) });
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const written = () => cluster.store.get("secrets", NAME, "shadow-pull")?.data;
  const holding = (password: string) => ({
    ".dockerconfigjson": base64(JSON.stringify({ auths: { "ghcr.io/acme": { auth: base64(`robot:${password}`) } } })),
  });
  await settle(driverWith("one"), spec({ image: "ghcr.io/acme/shop:1" }));
  const order = writes().map((request) => request.split("/").at(-2));
  expect(order.indexOf("secrets")).toBeGreaterThan(-1);
  expect(order.indexOf("secrets")).toBeLessThan(order.indexOf("serviceaccounts"));
  expect(written()).toEqual(holding("one"));
  const before = writes().length;
  await settle(driverWith("two"), spec({ image: "ghcr.io/acme/shop:1" }));
  expect(written()).toEqual(holding("two"));
  expect(writes().slice(before)).toEqual([expect.stringMatching(/secrets\/shadow-pull$/)]);
  await settle(driverWith("two"), spec({ identity: { sha: sha("b") } }));
  expect(namesOf("secrets")).not.toContain("shadow-pull");
});

test("every stack has its own objects, whoever runs beside it", async () => {
  const driver = driverFor(cluster);
  const other = spec({ identity: { pr: 13, sha: sha("c") } });
  const [one, two] = await Promise.all([settle(driver, spec()), settle(driver, other)]);
  expect(one).toMatchObject({ origin: "https://pr-12-3mv.shadow.example.com" });
  expect(two).toMatchObject({ origin: "https://pr-13-3mv.shadow.example.com" });
  expect(SHOP.every(({ name }) => namesOf("deployments", "shadow-pr13-3mv").includes(name))).toBe(true);
});
