import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stackNameOf, stampOf } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import { type Driver, DriverUnavailable } from "../../../infra/provisioner/drivers/driver.ts";
import { type SpecParts, service, sha } from "../../standins/kubernetes/specs.ts";
import { makeAppImage, makeGatewayImage } from "../scenario/images.ts";
import { LIMIT_MS } from "../scenario/look.ts";
import {
  type AtHand,
  bindRights,
  clusterAtHand,
  clusterIpOf,
  cuttable,
  deleteNamespace,
  hostAliasesIn,
  leftIn,
  makeNamespace,
  pullingIn,
  whyNot,
} from "./at-hand.ts";
import { type Ingress, startIngress } from "./ingress.ts";
import { answerOf, driverOf, GATEWAY, ONE, removed, shop, shopInOne, TWO, until } from "./stacks.ts";

const atHand = clusterAtHand();
const title =
  atHand === null
    ? `SKIPPED, nothing of this was tried: ${whyNot() ?? ""}. Stacks on a real cluster`
    : "stacks on a real cluster";
const quiet = new AbortController().signal;
// Reporters leave out the titles of files that are skipped as a whole.
if (atHand === null) console.warn(title);

describe.skipIf(atHand === null)(title, { timeout: 3 * LIMIT_MS }, () => {
  // Skipped as a whole without one.
  const cluster = atHand as AtHand;
  const made: { readonly driver: Driver; readonly spec: StackSpec }[] = [];
  /** How long things took, for the run's output. */
  const took: string[] = [];
  let ingress: Ingress;

  beforeAll(async () => {
    await Promise.all([
      makeAppImage(ONE, "1"),
      makeAppImage(TWO, "2"),
      makeGatewayImage(GATEWAY),
      bindRights(cluster, "cluster-wide"),
    ]);
    ingress = await startIngress(cluster.admin);
  }, LIMIT_MS);

  afterAll(async () => {
    await Promise.all(made.map(async ({ driver, spec }) => removed(driver, spec)));
    await ingress.close();
    console.info(`seconds on the cluster: ${took.join(", ")}`);
  }, LIMIT_MS);

  /** Whatever becomes of the test, the stack goes at the end. */
  function stack(driver: Driver, pr: number, parts: SpecParts = {}): StackSpec {
    const spec = shop(cluster, pr, parts);
    made.push({ driver, spec });
    return spec;
  }

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    took.push(`${what} ${((performance.now() - begun) / 1_000).toFixed(1)}`);
    return result;
  }

  test("a shop with a database comes up in order, seeded, answers through its gateway, follows a push and leaves nothing", async () => {
    const registryCredentials = new Map([["docker.io/shadow-infra-test", { username: "robot", password: "none" }]]);
    const driver = driverOf(cluster, { registryCredentials });
    const workload = { env: { SECRET: "s e $(c)ret $HOME" }, envServices: ["web"] };
    const first = stack(driver, 1, { workload: { ...workload, seed: "node /app/seed.mjs first" } });
    const ready = await timed("start", async () => until(driver, first));
    expect(ready).toMatchObject({
      podSecurity: "restricted",
      services: [
        { name: "db", state: "ready" },
        { name: "web", state: "ready" },
      ],
    });
    const pulling = await pullingIn(cluster, stackNameOf(first.identity));
    expect(pulling.secrets).toEqual(["shadow-pull"]);
    expect(pulling.pods.length).toBeGreaterThan(2);
    expect(new Set(pulling.pods)).toEqual(new Set(["shadow-pull"]));
    const answer = await answerOf(ingress, ready);
    expect(answer).toMatchObject({
      stamp: stampOf(first.identity),
      version: "1",
      greeting: "hello from first",
      secret: "s e $(c)ret $HOME",
      path: "/greeting",
    });
    expect(answer.headers["cf-access-client-id"]).toBeUndefined();

    const second = shop(cluster, 1, {
      image: TWO,
      identity: { sha: sha("b") },
      workload: { ...workload, seed: "node /app/seed.mjs second" },
    });
    const seen = new Set<string>();
    const asking = setInterval(() => {
      void answerOf(ingress, ready).then(
        ({ stamp, version }) => seen.add(`${stamp} from ${version}`),
        () => undefined,
      );
    }, 50);
    const pushed = await timed("push", async () => until(driver, second)).finally(() => clearInterval(asking));
    expect(await answerOf(ingress, pushed)).toMatchObject({
      stamp: stampOf(second.identity),
      version: "2",
      greeting: "hello from second",
    });
    // The new stamp never stood on an answer of the old version.
    expect([...seen]).not.toContain(`${stampOf(second.identity)} from 1`);

    await timed("removal", async () => removed(driver, first));
    expect(await leftIn(cluster, stackNameOf(first.identity))).toEqual([]);
    expect((await driver.list(quiet)).filter(({ repoId, pr }) => repoId === cluster.repoId && pr === 1)).toEqual([]);
  });

  test.concurrent("a stack at rest costs four reads; it sleeps without pods and comes back", async () => {
    const calls: string[] = [];
    const onCall = ({ verb, resource }: { readonly verb: string; readonly resource: string }) =>
      void calls.push(`${verb} ${resource}`);
    const driver = driverOf(cluster, { onCall });
    const spec = stack(driver, 2);
    await until(driver, spec);
    await driver.ensure(spec, quiet);
    calls.length = 0;
    await timed("look at a stack at rest", async () => driver.ensure(spec, quiet));
    expect(calls.toSorted()).toEqual(["get namespaces", "list deployments", "list jobs", "list pods"]);
    // A provisioner that starts anew finds nothing to do either.
    calls.length = 0;
    expect(await driverOf(cluster, { onCall }).ensure(spec, quiet)).toMatchObject({ state: "ready" });
    expect(calls.filter((call) => !/^(get|list) /.test(call))).toEqual([]);

    await driver.idle(spec, quiet);
    const pods = async () =>
      (await leftIn(cluster, stackNameOf(spec.identity))).filter((left) => left.startsWith("Pod/"));
    while ((await pods()).length > 0) await pause(500);
    const woken = await timed("back from idle", async () => until(driver, spec));
    expect(await answerOf(ingress, woken)).toMatchObject({ stamp: stampOf(spec.identity), version: "1" });
  });

  test.concurrent("a crash loop is named, with service, exit code and log", async () => {
    const driver = driverOf(cluster);
    const spec = stack(driver, 3, { services: [service("web", { command: ["node", "/app/crash.mjs"] })] });
    expect(await timed("crash loop named", async () => until(driver, spec, ["failed", "ready"]))).toMatchObject({
      state: "failed",
      failure: "crash-loop",
      words: expect.stringMatching(/^web: it ended with exit code 3, \d+ restarts$/),
      log: expect.stringContaining("cannot find the licence file"),
    });
  });

  test.concurrent("a missing image is named", async () => {
    const driver = driverOf(cluster);
    const spec = stack(driver, 4, { services: [service("web", { image: "shadow-infra-test/nobody-pushed:1" })] });
    expect(await timed("missing image named", async () => until(driver, spec, ["failed", "ready"]))).toMatchObject({
      failure: "image-pull",
      words: expect.stringContaining("shadow-infra-test/nobody-pushed:1"),
      log: null,
    });
  });

  test.concurrent("more than any node has is named", async () => {
    const driver = driverOf(cluster);
    const resources = { cpus: null, memoryBytes: null, reservedCpus: 400, reservedMemoryBytes: null, pids: null };
    const spec = stack(driver, 5, { services: [service("web", { resources })] });
    expect(await until(driver, { ...spec, limits: { ...spec.limits, cpus: 500 } }, ["failed", "ready"])).toMatchObject({
      failure: "unschedulable",
      words: expect.stringContaining("Insufficient cpu"),
    });
  });

  test.concurrent("a seed that fails says what it said", async () => {
    const driver = driverOf(cluster);
    const spec = stack(driver, 6, { workload: { seed: "echo relation users does not exist >&2; exit 7" } });
    expect(await until(driver, spec, ["failed", "ready"])).toMatchObject({
      failure: "seed-failed",
      words: "seed: it ended with exit code 7",
      log: expect.stringContaining("relation users does not exist"),
    });
  });

  test.concurrent("two stacks in one namespace do not touch each other, and the rights of that namespace are enough", async () => {
    const home = `shadows-${cluster.repoId.toString(36)}`;
    await makeNamespace(cluster, home);
    await bindRights(cluster, "single-namespace", home);
    const driver = driverOf(cluster, {}, home);
    const [one, two] = [shopInOne(cluster, 7), shopInOne(cluster, 8, { image: TWO, identity: { sha: sha("c") } })];
    const [first, second] = await Promise.all([until(driver, one), until(driver, two)]);
    expect(await answerOf(ingress, first)).toMatchObject({ stamp: stampOf(one.identity), version: "1" });
    expect(await answerOf(ingress, second)).toMatchObject({ stamp: stampOf(two.identity), version: "2" });
    for (const { identity } of [one, two]) {
      const ip = await clusterIpOf(cluster, home, `${stackNameOf(identity)}-db`);
      const lines = await hostAliasesIn(cluster, home, `shadow-infra.dev/workload=${stackNameOf(identity)}-web`);
      expect(lines).toContainEqual({ ip, hostnames: ["db"] });
    }
    const left = async ({ identity }: StackSpec) =>
      leftIn(cluster, home, `shadow-infra.dev/stack=${stackNameOf(identity)}`);
    const before = await left(two);
    await timed("removal in one namespace", async () => removed(driver, one));
    expect(await left(one)).toEqual([]);
    expect(await left(two)).toEqual(before);
    expect(await answerOf(ingress, second)).toMatchObject({ version: "2" });
    await removed(driver, two);
    expect(await left(two)).toEqual([]);
    await deleteNamespace(cluster, home);
  });

  test.concurrent("an API server that goes away in the middle leaves nothing known, and the stack comes up when it is back", async () => {
    const wire = await cuttable(cluster.provisioner);
    const driver = driverOf(cluster, { kubeConfig: wire.kubeConfig });
    const spec = stack(driverOf(cluster), 9);
    await driver.ensure(spec, quiet);
    await driver.ensure(spec, quiet);
    await wire.cut();
    await expect(driver.ensure(spec, quiet)).rejects.toThrow(DriverUnavailable);
    await expect(driver.remove(stackNameOf(spec.identity), quiet)).rejects.toThrow(/did not answer/);
    await wire.restore();
    expect(await answerOf(ingress, await until(driver, spec))).toMatchObject({ version: "1" });
    await wire.close();
  });

  test("the unprivileged user may do nothing outside of stacks", async () => {
    const elsewhere = driverOf(cluster, {}, "default");
    await expect(elsewhere.list(quiet)).rejects.toThrow(/Check the rights/);
    await expect(elsewhere.remove("shadow-pr1-none", quiet)).rejects.toThrow(/forbidden/);
  });
});
