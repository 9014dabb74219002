/**
 * Stacks on a real container engine, named by DOCKER_HOST: started in order and seeded, answering through the gateway, following a
 * push, failing in words, and gone without a trace. Images are made without a registry, by SHADOW_INFRA_TEST_IMAGE_COMMAND.
 */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ComposeService } from "../../../core/shadow/compose/project.ts";
import { dockerProjectOf } from "../../../core/shadow/docker/project-of.ts";
import { stackNameOf } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import { composeCli } from "../../../infra/provisioner/drivers/docker/compose-cli.ts";
import { dockerDriver } from "../../../infra/provisioner/drivers/docker/driver.ts";
import { createEngine } from "../../../infra/provisioner/drivers/docker/engine.ts";
import { type Driver, DriverUnavailable, type StackStanding } from "../../../infra/provisioner/drivers/driver.ts";
import { dependsOn, type SpecParts, service, sha, spec as specOf } from "../../standins/kubernetes/specs.ts";
import { makeAppImage, makeGatewayImage } from "../scenario/images.ts";
import { engineAtHand, whyNot } from "./at-hand.ts";

const atHand = await engineAtHand();
const DOCKER_HOST = atHand?.dockerHost ?? "";
const title =
  atHand === null
    ? `SKIPPED, nothing of this was tried: ${await whyNot()}. Stacks on a real engine`
    : "stacks on a real engine";

const quiet = new AbortController().signal;
const STEP_MS = 200;
const LIMIT_MS = 180_000;
const ONE = "shadow-infra-test/engine-shop:1";
const TWO = "shadow-infra-test/engine-shop:2";
const GATEWAY = "shadow-infra-test/engine-gateway:1";
/** Apart from all other runs on this engine. */
const REPO_ID = 36 ** 5 + Math.floor(Math.random() * 36 ** 5);

// Nothing of theirs is worth waiting for.
const stopSignal = "SIGKILL";
const DB = service("db", {
  stopSignal,
  command: ["node", "/app/db.mjs"],
  ports: [{ port: 5432, protocol: "tcp" }],
  environment: { DATA: "/tmp/data" },
  mounts: [{ kind: "tmpfs", sizeBytes: null, target: "/tmp/data", readOnly: false }],
  healthcheck: {
    // Without a program of its own to start: on a busy machine that alone would take longer than the check may.
    test: { kind: "shell", command: "test -e /tmp/accepts-connections" },
    intervalMs: 1_000,
    timeoutMs: 10_000,
    retries: 10,
    startPeriodMs: 30_000,
    startIntervalMs: 500,
  },
});

/** A server that takes its time before it listens. */
function listening(afterMs: number): readonly string[] {
  const listen = "require('node:http').createServer((_, answer) => answer.end('here')).listen(8080)";
  return ["node", "-e", `setTimeout(() => ${listen}, ${afterMs})`];
}

const WEB = service("web", { stopSignal, command: ["node", "/app/web.mjs"], dependsOn: [dependsOn("db")] });

describe.skipIf(atHand === null)(title, { timeout: 300_000 }, () => {
  const took = new Map<string, number>();
  const started = new Set<string>();
  const driver = newDriver();

  function newDriver(startLimitMs = LIMIT_MS, dockerHost = DOCKER_HOST): Driver {
    return dockerDriver({
      engine: createEngine(dockerHost),
      compose: composeCli({ command: atHand?.command ?? ["docker-compose"], dockerHost, environment: process.env }),
      projectOf: (spec) =>
        dockerProjectOf(spec, { gatewayImage: GATEWAY, stripHeaders: ["cf-access-client-id"], egress: "closed" }),
      startLimitMs,
    });
  }

  beforeAll(async () => {
    await Promise.all([makeAppImage(ONE, "1"), makeAppImage(TWO, "2"), makeGatewayImage(GATEWAY)]);
  }, 180_000);

  afterAll(async () => {
    await Promise.all([...started].map((name) => removed(name)));
    console.info(
      `seconds on the engine: ${[...took].map(([what, ms]) => `${what} ${(ms / 1000).toFixed(1)}`).join(", ")}`,
    );
  }, 180_000);

  function shop(pr: number, parts: SpecParts = {}): StackSpec {
    const services: readonly ComposeService[] = parts.services ?? [DB, WEB];
    return specOf({ image: ONE, services, ...parts, identity: { repoId: REPO_ID, pr, ...parts.identity } });
  }

  async function until(
    spec: StackSpec,
    states: readonly StackStanding["state"][],
    by = driver,
  ): Promise<StackStanding> {
    started.add(stackNameOf(spec.identity));
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      const standing = await by.ensure(spec, quiet);
      if (states.includes(standing.state)) return standing;
      if (standing.state === "failed" || performance.now() > end)
        throw new Error(`not ${states.join(" or ")}: ${JSON.stringify(standing)}`);
      await pause(STEP_MS);
    }
  }

  async function removed(name: string): Promise<void> {
    while ((await driver.remove(name, quiet)) !== "gone") await pause(STEP_MS);
    started.delete(name);
  }

  async function answerOf(standing: StackStanding) {
    if (standing.state !== "ready") throw new Error(JSON.stringify(standing));
    const answer = await fetch(`${standing.origin}/greeting`, { headers: { "cf-access-client-id": "of the edge" } });
    const body: unknown = await answer.json();
    return { stamp: answer.headers.get("x-shadow-infra-deployment"), body };
  }

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    took.set(what, performance.now() - begun);
    return result;
  }

  test("a shop with a database comes up in order and seeded, answers through its gateway, follows a push and leaves nothing", async () => {
    const one = shop(1, { workload: { seed: "node /app/seed.mjs one" } });
    const name = stackNameOf(one.identity);
    const ready = await timed("start", () => until(one, ["ready"]));
    expect(ready).toMatchObject({
      stamped: true,
      services: [
        { name: "db", state: "ready" },
        { name: "web", state: "ready" },
      ],
    });
    expect(await answerOf(ready)).toMatchObject({
      stamp: `${REPO_ID}-1-${one.identity.sha.slice(0, 12)}`,
      body: { version: "1", greeting: "hello from one" },
    });
    expect(await driver.list(quiet)).toContainEqual({
      name,
      repoId: REPO_ID,
      pr: 1,
      role: "shadow",
      sha: one.identity.sha,
      expiresAt: one.expiresAt,
      removing: false,
    });

    // A provisioner that was started anew finds it as it is, and does not seed it again.
    expect(await newDriver().ensure(one, quiet)).toEqual(ready);

    const two = shop(1, { image: TWO, workload: { seed: "node /app/seed.mjs two" }, identity: { sha: sha("b") } });
    const pushed = await timed("push", () => until(two, ["ready"]));
    expect(await answerOf(pushed)).toMatchObject({
      stamp: `${REPO_ID}-1-${two.identity.sha.slice(0, 12)}`,
      body: { version: "2", greeting: "hello from two" },
    });

    expect(await driver.images?.(two.identity, quiet)).toMatchObject({ db: TWO, web: TWO });
    expect(await driver.images?.(one.identity, quiet)).toEqual({});

    await driver.idle(two, quiet);
    // Its rows lay in memory and went, so it was seeded anew; it may be kept for longer now.
    const kept = { ...two, expiresAt: two.expiresAt + 86_400_000 };
    expect((await driver.ensure(kept, quiet)).state).toBe("progressing");
    expect(await answerOf(await timed("wake", () => until(kept, ["ready"])))).toMatchObject({
      body: { version: "2", greeting: "hello from two" },
    });

    await timed("remove", () => removed(name));
    expect((await driver.list(quiet)).map((stack) => stack.name)).not.toContain(name);
    expect(await driver.remove(name, quiet)).toBe("gone");
  });

  test.each<readonly [string, SpecParts, object]>([
    [
      "crash-loop",
      { services: [service("web", { command: ["node", "/app/crash.mjs"] })] },
      {
        failure: "crash-loop",
        log: expect.stringContaining("cannot find the licence file"),
      },
    ],
    [
      "crash-loop beside",
      {
        services: [
          service("web", { stopSignal, command: listening(0) }),
          service("worker", { stopSignal, command: ["/bin/sh", "-c", "sleep 1; exec node /app/crash.mjs"] }),
        ],
      },
      {
        failure: "crash-loop",
        words: expect.stringContaining('"worker"'),
        log: expect.stringContaining("cannot find the licence file"),
      },
    ],
    [
      "seed-failed",
      {
        services: [service("web", { command: ["sleep", "600"], stopSignal: "SIGKILL" })],
        workload: { seed: "echo no such table >&2; exit 7" },
      },
      { failure: "seed-failed", log: expect.stringContaining("no such table") },
    ],
    [
      "image-pull",
      { services: [service("web", { command: null })], image: "127.0.0.1:1/acme/web:none" },
      { failure: "image-pull", words: expect.stringContaining("127.0.0.1:1") },
    ],
    [
      "dependency-failed",
      {
        services: [
          service("migrate", { command: ["node", "/app/crash.mjs"], restart: "no" }),
          service("web", { command: ["sleep", "600"], dependsOn: [dependsOn("migrate", "completed")] }),
        ],
      },
      { failure: "dependency-failed", words: expect.stringContaining('"migrate"') },
    ],
  ])("%s is told in words, with the last lines of what failed", async (what, parts, expected) => {
    const spec = shop(20 + what.length, parts);
    const standing = await timed(what, () => until(spec, ["failed", "ready"]));
    expect(standing).toMatchObject({ state: "failed", ...expected });
    await removed(stackNameOf(spec.identity));
  });

  test("a stack is ready once its app listens, however long that takes", async () => {
    const spec = shop(7, { services: [service("web", { stopSignal, command: listening(8_000) })] });
    const standing = await until(spec, ["ready"]);
    const answer = await fetch(standing.state === "ready" ? standing.origin : "");
    expect([answer.status, await answer.text()]).toEqual([200, "here"]);
    await removed(stackNameOf(spec.identity));
  });

  test("an app that never listens is too late, and said by its service and port", async () => {
    const spec = shop(8, { services: [service("web", { stopSignal, command: listening(600_000) })] });
    expect(await until(spec, ["failed", "ready"], newDriver(20_000))).toMatchObject({
      state: "failed",
      failure: "start-timeout",
      words: expect.stringContaining('The service "web" runs and accepts no connection on port 8080.'),
    });
    await removed(stackNameOf(spec.identity));
  });

  test("a push while it starts ends the start, and only the new commit answers", async () => {
    const one = shop(5, { workload: { seed: "sleep 30" } });
    await driver.ensure(one, quiet);
    started.add(stackNameOf(one.identity));
    const two = shop(5, { image: TWO, workload: { seed: "node /app/seed.mjs two" }, identity: { sha: sha("c") } });
    expect(await answerOf(await until(two, ["ready"]))).toMatchObject({
      body: { version: "2", greeting: "hello from two" },
    });
    await removed(stackNameOf(two.identity));
  });

  test("an engine that is away is no failure of the stack", async () => {
    const away = newDriver(5_000, "tcp://127.0.0.1:1");
    await expect(away.ensure(shop(6), quiet)).rejects.toBeInstanceOf(DriverUnavailable);
    await expect(away.list(quiet)).rejects.toBeInstanceOf(DriverUnavailable);
    await expect(away.remove("shadow-pr6-x", quiet)).rejects.toBeInstanceOf(DriverUnavailable);
  });

  test("a name that is not a stack's is never removed", async () => {
    await expect(driver.remove("production", quiet)).rejects.toThrow("no stack's name");
  });
});
