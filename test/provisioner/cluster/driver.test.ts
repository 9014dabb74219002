import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ComposeService } from "../../../core/shadow/compose/project.ts";
import { stackNameOf } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import { type Driver, DriverUnavailable, type StackStanding } from "../../../infra/provisioner/drivers/driver.ts";
import { kubernetesDriver } from "../../../infra/provisioner/drivers/kubernetes/driver.ts";
import type { KubernetesDriverOptions } from "../../../infra/provisioner/drivers/kubernetes/options.ts";
import { dependsOn, type SpecParts, service, sha, spec as specOf } from "../../standins/kubernetes/specs.ts";
import {
  type AtHand,
  bindRights,
  clusterAtHand,
  cuttable,
  deleteNamespace,
  leftIn,
  makeNamespace,
  whyNot,
} from "./at-hand.ts";
import { makeAppImage, makeGatewayImage } from "./images.ts";
import { type Ingress, startIngress } from "./ingress.ts";

const atHand = clusterAtHand();
const title =
  atHand === null
    ? `SKIPPED, nothing of this was tried: ${whyNot() ?? ""}. Stacks on a real cluster`
    : "stacks on a real cluster";

const quiet = new AbortController().signal;
const STEP_MS = 250;
const LIMIT_MS = 90_000;
const ONE = "shadow-infra-test/shop:1";
const TWO = "shadow-infra-test/shop:2";
const GATEWAY = "shadow-infra-test/gateway:1";
const SUFFIX = "shadow.test.example";
/** What a push, a crash or a removal took, for the run's output. */
const took = new Map<string, number>();

const DB = service("db", {
  command: ["node", "/app/db.mjs"],
  ports: [{ port: 5432, protocol: "tcp" }],
  environment: { DATA: "/data" },
  mounts: [{ kind: "volume", volume: "rows", subpath: null, target: "/data", readOnly: false }],
  healthcheck: {
    test: { kind: "exec", command: ["node", "/app/healthy.mjs"] },
    intervalMs: 1_000,
    timeoutMs: 3_000,
    retries: 3,
    startPeriodMs: 10_000,
    startIntervalMs: 500,
  },
});
const WEB = service("web", { command: ["node", "/app/web.mjs"], dependsOn: [dependsOn("db")] });

describe.skipIf(atHand === null)(title, { timeout: 300_000 }, () => {
  // Skipped as a whole without one.
  const cluster = atHand as AtHand;
  let ingress: Ingress;
  const started = new Map<string, Driver>();

  beforeAll(async () => {
    await Promise.all([
      makeAppImage(ONE, "1"),
      makeAppImage(TWO, "2"),
      makeGatewayImage(GATEWAY),
      bindRights(cluster, "cluster-wide"),
    ]);
    ingress = await startIngress(cluster.admin);
  }, 180_000);

  afterAll(async () => {
    await Promise.all([...started].map(async ([name, driver]) => removed(driver, name)));
    await ingress.close();
    console.info(
      `seconds on the cluster: ${[...took].map(([what, ms]) => `${what} ${(ms / 1000).toFixed(1)}`).join(", ")}`,
    );
  }, 180_000);

  function driverAs(parts: Partial<KubernetesDriverOptions> = {}, namespace: string | null = null): Driver {
    return kubernetesDriver({
      kubeConfig: cluster.provisioner,
      cluster: {
        namespace,
        reach: { kind: "ingress", className: null },
        gatewayImage: GATEWAY,
        stripHeaders: ["cf-access-client-id"],
        pullSecret: null,
      },
      suffix: SUFFIX,
      startLimitMs: LIMIT_MS,
      clock: Date.now,
      access:
        namespace === null
          ? { clusterRole: "shadow-infra-stack", subject: { kind: "User", name: "provisioner" } }
          : null,
      ...parts,
    });
  }

  function shop(pr: number, parts: SpecParts = {}): StackSpec {
    const services: readonly ComposeService[] = parts.services ?? [DB, WEB];
    return specOf({ image: ONE, services, ...parts, identity: { repoId: cluster.repoId, pr, ...parts.identity } });
  }

  async function until(
    driver: Driver,
    spec: StackSpec,
    states: readonly StackStanding["state"][] = ["ready"],
  ): Promise<StackStanding> {
    started.set(stackNameOf(spec.identity), driver);
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      const standing = await driver.ensure(spec, quiet);
      if (states.includes(standing.state)) return standing;
      if (performance.now() > end) throw new Error(`not ${states.join(" or ")}: ${JSON.stringify(standing)}`);
      await pause(STEP_MS);
    }
  }

  async function removed(driver: Driver, name: string): Promise<void> {
    const end = performance.now() + LIMIT_MS;
    while ((await driver.remove(name, quiet)) !== "gone") {
      if (performance.now() > end) throw new Error(`${name} is not gone`);
      await pause(STEP_MS);
    }
    started.delete(name);
  }

  async function answerOf(spec: StackSpec, standing: StackStanding, path = "/greeting") {
    const origin = standing.state === "ready" ? standing.origin : "";
    const answer = await ingress.fetch(new URL(origin).hostname, path, { "cf-access-client-id": "of the edge" });
    expect(answer.headers["x-shadow-infra-deployment"]).toBe(
      `${spec.identity.repoId}-${spec.identity.pr}-${spec.identity.sha.slice(0, 12)}`,
    );
    return JSON.parse(answer.body);
  }

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    took.set(what, performance.now() - begun);
    return result;
  }

  test("a shop with a database comes up in order, seeded, answers through its gateway, follows a push and leaves nothing", async () => {
    const driver = driverAs();
    const seeded = {
      workload: { seed: "node /app/seed.mjs first", env: { SECRET: "s e $(c)ret $HOME" }, envServices: ["web"] },
    };
    const first = shop(1, seeded);
    const ready = await timed("start", async () => until(driver, first));
    expect(ready).toMatchObject({
      podSecurity: "restricted",
      services: [
        { name: "db", state: "ready" },
        { name: "web", state: "ready" },
      ],
    });
    const answer = await answerOf(first, ready);
    expect(answer).toMatchObject({
      version: "1",
      greeting: "hello from first",
      secret: "s e $(c)ret $HOME",
      path: "/greeting",
    });
    expect(answer.headers["cf-access-client-id"]).toBeUndefined();

    const second = shop(1, {
      image: TWO,
      identity: { sha: sha("b") },
      workload: { ...seeded.workload, seed: "node /app/seed.mjs second" },
    });
    const stamps = new Set<string>();
    const pushed = await timed("push", async () => {
      const watching = setInterval(() => {
        void ingress.fetch(new URL((ready as { origin: string }).origin).hostname, "/").then(
          ({ headers, body }) => {
            const stamp = headers["x-shadow-infra-deployment"];
            if (stamp !== undefined && body.startsWith("{"))
              stamps.add(`${String(stamp).slice(-1)} from version ${JSON.parse(body).version}`);
          },
          () => undefined,
        );
      }, 50);
      const standing = await until(driver, second);
      clearInterval(watching);
      return standing;
    });
    expect(await answerOf(second, pushed)).toMatchObject({ version: "2", greeting: "hello from second" });
    expect([...stamps].filter((text) => text === "b from version 1")).toEqual([]);

    await timed("removal", async () => removed(driver, stackNameOf(first.identity)));
    expect(await leftIn(cluster, stackNameOf(first.identity))).toEqual([]);
    expect((await driver.list(quiet)).filter(({ repoId }) => repoId === cluster.repoId)).toEqual([]);
  });

  test("a stack at rest costs four calls, in which nothing is written", async () => {
    const calls: string[] = [];
    const driver = driverAs({ onCall: ({ verb, resource }) => calls.push(`${verb} ${resource}`) });
    const spec = shop(2);
    await until(driver, spec);
    await driver.ensure(spec, quiet);
    calls.length = 0;
    await timed("look at a stack at rest", async () => driver.ensure(spec, quiet));
    expect(calls.toSorted()).toEqual(["get namespaces", "list deployments", "list jobs", "list pods"]);
    // A provisioner that starts anew finds nothing to do either.
    calls.length = 0;
    expect(
      await driverAs({ onCall: ({ verb, resource }) => calls.push(`${verb} ${resource}`) }).ensure(spec, quiet),
    ).toMatchObject({ state: "ready" });
    expect(calls.filter((call) => !/^(get|list) /.test(call))).toEqual([]);

    await driver.idle(spec, quiet);
    await expect
      .poll(async () => (await leftIn(cluster, stackNameOf(spec.identity))).filter((left) => left.startsWith("Pod/")), {
        timeout: 30_000,
      })
      .toEqual([]);
    const woken = await timed("back from idle", async () => until(driver, spec));
    expect(await answerOf(spec, woken)).toMatchObject({ version: "1" });
    await removed(driver, stackNameOf(spec.identity));
  });

  test("a crash loop and a missing image are named, with service, exit code and log", async () => {
    const driver = driverAs();
    const crashing = shop(3, { services: [service("web", { command: ["node", "/app/crash.mjs"] })] });
    const missing = shop(4, { services: [service("web", { image: "shadow-infra-test/nobody-pushed:1" })] });
    const [crash, image] = await Promise.all([
      timed("crash loop named", async () => until(driver, crashing, ["failed", "ready"])),
      timed("missing image named", async () => until(driver, missing, ["failed", "ready"])),
    ]);
    expect(crash).toMatchObject({
      state: "failed",
      failure: "crash-loop",
      words: expect.stringMatching(/^web: it ended with exit code 3, \d+ restarts$/),
    });
    expect(crash).toMatchObject({ log: expect.stringContaining("cannot find the licence file") });
    expect(image).toMatchObject({
      state: "failed",
      failure: "image-pull",
      words: expect.stringContaining("shadow-infra-test/nobody-pushed:1"),
      log: null,
    });
    await Promise.all([crashing, missing].map(async ({ identity }) => removed(driver, stackNameOf(identity))));
  });

  test("what is asked of an operator's limits and cannot be had is named", async () => {
    const driver = driverAs();
    const huge = { cpus: null, memoryBytes: null, reservedCpus: 400, reservedMemoryBytes: null, pids: null };
    const spec = shop(5, { services: [service("web", { command: ["node", "/app/web.mjs"], resources: huge })] });
    const standing = await until(driver, { ...spec, limits: { ...spec.limits, cpus: 500 } }, ["failed", "ready"]);
    expect(standing).toMatchObject({
      state: "failed",
      failure: "unschedulable",
      words: expect.stringContaining("Insufficient cpu"),
    });
    await removed(driver, stackNameOf(spec.identity));
  });

  test("a seed that fails says what it said", async () => {
    const driver = driverAs();
    const spec = shop(6, { workload: { seed: "echo relation users does not exist >&2; exit 7" } });
    const failed = await until(driver, spec, ["failed", "ready"]);
    expect(failed).toMatchObject({
      failure: "seed-failed",
      words: "seed: it ended with exit code 7",
      log: expect.stringContaining("relation users does not exist"),
    });
    await removed(driver, stackNameOf(spec.identity));
  });

  test("two stacks in one namespace do not touch each other, and the rights of that namespace are enough", async () => {
    const home = `shadows-${cluster.repoId.toString(36)}`;
    await makeNamespace(cluster, home);
    await bindRights(cluster, "single-namespace", home);
    const driver = driverAs({}, home);
    const [one, two] = [shop(7), shop(8, { image: TWO, identity: { sha: sha("c") } })];
    const [first, second] = await Promise.all([until(driver, one), until(driver, two)]);
    expect(await answerOf(one, first)).toMatchObject({ version: "1" });
    expect(await answerOf(two, second)).toMatchObject({ version: "2" });
    const before = await leftIn(cluster, home, `shadow-infra.dev/stack=${stackNameOf(two.identity)}`);
    await timed("removal in one namespace", async () => removed(driver, stackNameOf(one.identity)));
    expect(await leftIn(cluster, home, `shadow-infra.dev/stack=${stackNameOf(one.identity)}`)).toEqual([]);
    expect(await leftIn(cluster, home, `shadow-infra.dev/stack=${stackNameOf(two.identity)}`)).toEqual(before);
    expect(await answerOf(two, second)).toMatchObject({ version: "2" });
    await removed(driver, stackNameOf(two.identity));
    await deleteNamespace(cluster, home);
  });

  test("an API server that goes away in the middle leaves nothing known, and the stack comes up when it is back", async () => {
    const wire = await cuttable(cluster.provisioner);
    const driver = driverAs({ kubeConfig: wire.kubeConfig });
    const spec = shop(9);
    started.set(stackNameOf(spec.identity), driverAs());
    await driver.ensure(spec, quiet);
    await driver.ensure(spec, quiet);
    await wire.cut();
    await expect(driver.ensure(spec, quiet)).rejects.toThrow(DriverUnavailable);
    await expect(driver.remove(stackNameOf(spec.identity), quiet)).rejects.toThrow(/did not answer/);
    await wire.restore();
    const ready = await until(driver, spec);
    expect(await answerOf(spec, ready)).toMatchObject({ version: "1" });
    await removed(driver, stackNameOf(spec.identity));
    await wire.close();
  });

  test("the unprivileged user may do nothing outside of stacks", async () => {
    const everything = driverAs({}, "default");
    await expect(everything.list(quiet)).rejects.toThrow(/Check the rights/);
    await expect(everything.remove("shadow-pr1-none", quiet)).rejects.toThrow(/forbidden/);
  });
});

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
