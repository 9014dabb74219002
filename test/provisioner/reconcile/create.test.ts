/** The loop in sentences: one story each, in the world that the thousands of sequences are played in. */
import { describe, expect, test } from "vitest";
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import type { SimPull } from "./simulation/github.ts";
import { createWorld, type World, type WorldOptions } from "./simulation/world.ts";

const A = "1".repeat(40);
const B = "2".repeat(40);
const CRASHING = "c".repeat(40);
const REFUSED = "f".repeat(40);
const WAITING = "e".repeat(40);
const NO_BASE = "0".repeat(40);
const SHARED_BASE = "a".repeat(40);
const OWN_BASE = "b".repeat(40);
const MINUTE_MS = 60_000;

/** Which pull requests the world has: the first of each repository is its own, the second a fork's. */
const OWN = 0;
const FORK = 1;
const ELSEWHERE = 2;

function open(world: World, which = OWN, { sha = A, base = NO_BASE } = {}): SimPull {
  const pull = world.pull(which);
  Object.assign(pull, { exists: true, state: "open", createdAt: world.github.at(), base });
  push(world, pull, sha);
  return pull;
}

function push(world: World, pull: SimPull, sha: string): void {
  pull.sha = sha;
  pull.heads.push(sha);
  pull.changedAt = world.time.now();
  world.wake(pull);
}

function close(world: World, pull: SimPull): void {
  pull.state = "closed";
  pull.changedAt = world.time.now();
  world.wake(pull);
}

function deploymentOf(world: World, { repoId, number, sha }: SimPull) {
  return world.report.deployments.get(deploymentIdOf(repoId, number, sha));
}

function isLeased(world: World, pull: SimPull): boolean {
  return world.leasedOf(pull.repoId, pull.number).length > 0;
}

function lastStatus(world: World): string {
  const { state, description } = world.github.statuses.at(-1) ?? { state: "none", description: "" };
  return `${state} ${description}`;
}

async function running(options: Partial<WorldOptions> = {}, which = OWN, commits = {}) {
  const world = createWorld({ seed: 1, ...options });
  const pull = open(world, which, commits);
  await world.time.advance(MINUTE_MS);
  expect(isLeased(world, pull)).toBe(true);
  return { world, pull };
}

describe("a pull request's life", () => {
  test("opened: pending at once with the reason, then ready with its address, a lease and a status", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world);
    await world.time.advance(1_500);
    expect(deploymentOf(world, pull)).toMatchObject({ state: "pending", reason: expect.stringMatching(/start/i) });
    expect(isLeased(world, pull)).toBe(false);
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "ready",
      body: { shadowOrigin: "https://shadow-pr1-1.example.com", stamped: true, base: null },
    });
    expect(isLeased(world, pull)).toBe(true);
    expect(lastStatus(world)).toBe("success #1: Shadow is running: 1 service.");
  });

  test("pushed: the old commit is closed before its stack is changed, and the new one takes it over in place", async () => {
    const { world, pull } = await running();
    push(world, pull, B);
    await world.time.advance(2_000);
    expect(world.report.deployments.get(deploymentIdOf(1, 1, A))?.state).toBe("closed");
    expect(isLeased(world, pull)).toBe(false);
    await world.time.advance(MINUTE_MS);
    expect(world.leasedOf(1, 1).map(({ sha }) => sha)).toEqual([B]);
    expect([...world.driver.stacks.keys()]).toEqual(["shadow-pr1-1"]);
    expect(world.violations).toEqual([]);
  });

  test("three pushes at once: only the last one runs and gets traffic", async () => {
    const world = createWorld({ seed: 1 });
    world.driver.slowness = 4_000;
    const pull = open(world);
    await world.time.advance(700);
    push(world, pull, B);
    await world.time.advance(300);
    push(world, pull, "3".repeat(40));
    await world.time.advance(2 * MINUTE_MS);
    expect(world.leasedOf(1, 1).map(({ sha }) => sha)).toEqual(["3".repeat(40)]);
    expect(world.violations).toEqual([]);
  });

  test("closed: no traffic within 10 s, then no stack, then closed", async () => {
    const { world, pull } = await running({}, OWN, { base: OWN_BASE });
    close(world, pull);
    await world.time.advance(10_000);
    expect(isLeased(world, pull)).toBe(false);
    await world.time.advance(50_000);
    expect(world.driver.stacks.size).toBe(0);
    expect(deploymentOf(world, pull)?.state).toBe("closed");
    expect(world.loop().standing().pulls).toBe(0);
  });

  test("reopened with the same commit: it runs again", async () => {
    const { world, pull } = await running();
    close(world, pull);
    await world.time.advance(MINUTE_MS);
    Object.assign(pull, { state: "open", reopenedAt: world.github.at() });
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });

  test("without a single delivery the same is reached within a full pass", async () => {
    const world = createWorld({ seed: 1 });
    await world.time.advance(1_000);
    const pull = open({ ...world, wake: () => undefined });
    await world.time.advance(6 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
    pull.state = "closed";
    await world.time.advance(6 * MINUTE_MS);
    expect(world.untruths()).toEqual([]);
  });
});

describe("commands", () => {
  test("stop removes it over pushes, retry brings it back", async () => {
    const { world, pull } = await running();
    world.github.command(pull, "/shadow stop", true);
    push(world, pull, B);
    await world.time.advance(MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    expect(lastStatus(world)).toContain('Stopped by maintainer: "/shadow retry" starts it again.');
    world.github.command(pull, "/shadow retry", true);
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });

  test("retry makes a running stack anew, without traffic meanwhile", async () => {
    const { world, pull } = await running();
    world.github.command(pull, "/shadow retry", true);
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(world.driver.stacks.get("shadow-pr1-1")?.attempt).toBe("1");
    expect(isLeased(world, pull)).toBe(true);
    expect(world.violations).toEqual([]);
  });
});

describe("a fork's pull request", () => {
  test("gets nothing before somebody approves the commit, and the status says how", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world, FORK);
    await world.time.advance(10 * MINUTE_MS);
    expect(world.driver.ensured).toEqual([]);
    expect(lastStatus(world)).toBe(`pending #2: Waits for approval of this commit: /shadow approve-fork ${A}`);
    world.github.label(pull, "shadow-approved", true);
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });

  test("loses stack and traffic with a push, and the old approval does not count for it", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world, FORK);
    await world.time.advance(5_000);
    world.github.command(pull, "/shadow approve-fork", true);
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
    push(world, pull, B);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(false);
    expect(world.driver.stacks.size).toBe(0);
    expect(world.violations).toEqual([]);
  });

  test("a commit announced in another pull request is not approved by what was said about another head", async () => {
    const world = createWorld({ seed: 1 });
    open(world, OWN, { sha: B });
    const pull = open(world, FORK, { sha: A });
    await world.time.advance(5_000);
    world.github.label(pull, "shadow-approved", true);
    push(world, pull, B);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(false);
    expect(world.violations).toEqual([]);
  });
});

describe("what does not start", () => {
  test("a crash is shown with its reason and log, and gets no traffic", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world, OWN, { sha: CRASHING });
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "failed",
      reason: "web exits with 1",
      body: { stack: { failure: "crash-loop", log: "boom" }, shadowOrigin: null },
    });
    expect(lastStatus(world)).toBe("failure #1: web exits with 1");
  });

  test("a refused file is shown with what to do, and nothing runs", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world, OWN, { sha: REFUSED });
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "failed",
      reason: "compose.yaml:3 privileged: remove it.",
      body: { stack: { failure: "compose-refused" } },
    });
    expect(world.driver.ensured).toEqual([]);
  });

  test("an image is waited for, and runs when it is there", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world, OWN, { sha: WAITING });
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({ state: "pending", reason: expect.stringContaining("image web") });
    world.images.add(WAITING);
    await world.time.advance(2 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });

  test("one too many waits for a free place, and gets it when another ends", async () => {
    const world = createWorld({ seed: 1, maxStacks: 1 });
    const first = open(world);
    await world.time.advance(MINUTE_MS);
    const second = open(world, ELSEWHERE);
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, second)).toMatchObject({
      state: "pending",
      reason: expect.stringContaining("free place"),
    });
    close(world, first);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, second)).toBe(true);
  });

  test("what the report refuses is said on the pull request, and not tried without end", async () => {
    const world = createWorld({ seed: 1 });
    world.report.refuses = "shadowOrigin: not under a suffix of the operator's.";
    open(world);
    await world.time.advance(4 * MINUTE_MS);
    expect(lastStatus(world)).toBe(
      "failure #1: The report refused this deployment: shadowOrigin: not under a suffix of the operator's.",
    );
    expect(world.loop().standing().reconciles.failed).toBeLessThan(4);
  });
});

describe("the base stack", () => {
  test("is registered with the shadow, under the stamp of its own gateway", async () => {
    const { world, pull } = await running({}, OWN, { base: SHARED_BASE });
    expect(deploymentOf(world, pull)?.body.base).toEqual({
      origin: "https://shadow-base-1-aaaaaaaaaaaa.example.com",
      deploymentId: "1-0-aaaaaaaaaaaa-base",
      againShare: 0.1,
    });
  });

  test("shared: stays while anyone needs it, goes with the last", async () => {
    const { world, pull } = await running({}, OWN, { base: SHARED_BASE });
    const other = open(world, FORK, { sha: B, base: SHARED_BASE });
    world.github.command(other, `/shadow approve-fork ${B}`, true);
    world.wake(other);
    await world.time.advance(MINUTE_MS);
    close(world, pull);
    await world.time.advance(MINUTE_MS);
    expect([...world.driver.stacks.keys()].toSorted()).toEqual(["shadow-base-1-aaaaaaaaaaaa", "shadow-pr2-1"]);
    close(world, other);
    await world.time.advance(MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
  });

  test("shared: a loop that was just started takes it from nobody whom it has not asked yet", async () => {
    const { world, pull } = await running({}, OWN, { base: SHARED_BASE });
    const other = open(world, FORK, { sha: B, base: SHARED_BASE });
    world.github.command(other, `/shadow approve-fork ${B}`, true);
    world.wake(other);
    await world.time.advance(MINUTE_MS);
    world.kill();
    pull.state = "closed";
    world.revive();
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(world.driver.stacks.has("shadow-base-1-aaaaaaaaaaaa")).toBe(true);
    expect(world.violations).toEqual([]);
  });

  test("of its own: goes when the pull request is closed, and when it is not needed any more", async () => {
    const { world, pull } = await running({}, OWN, { base: OWN_BASE });
    expect([...world.driver.stacks.keys()].toSorted()).toEqual(["shadow-pr1-1", "shadow-pr1-1-base"]);
    pull.base = NO_BASE;
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect([...world.driver.stacks.keys()]).toEqual(["shadow-pr1-1"]);
    expect(deploymentOf(world, pull)?.body.base).toBeNull();
  });
});

describe("leases", () => {
  test("are renewed while GitHub is down", async () => {
    const { world, pull } = await running();
    world.github.up = false;
    await world.time.advance(30 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
    expect(world.loop().standing().unavailable.github).toBe("GitHub does not answer.");
  });

  test("end when the stack dies, and begin again when it is back", async () => {
    const { world, pull } = await running();
    for (const stack of world.driver.stacks.values()) stack.deadUntil = world.time.now() + 2 * MINUTE_MS;
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({ state: "pending", reason: expect.stringContaining("restarts") });
    expect(isLeased(world, pull)).toBe(false);
    await world.time.advance(2 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });

  test("a deployment that the report lost is registered again", async () => {
    const { world, pull } = await running();
    world.report.deployments.clear();
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });

  test("nobody keeps them when the loop is dead: they are over a minute later", async () => {
    const { world, pull } = await running();
    world.kill();
    await world.time.advance(MINUTE_MS + 1_000);
    expect(isLeased(world, pull)).toBe(false);
  });
});

describe("what lives too long", () => {
  test("an unused stack is scaled to nothing, stays so over restarts, and wakes with retry", async () => {
    const { world, pull } = await running({ idleAfterMs: 30 * MINUTE_MS });
    await world.time.advance(40 * MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("idle");
    expect(world.driver.stacks.get("shadow-pr1-1")?.idle).toBe(true);
    expect(isLeased(world, pull)).toBe(false);
    world.restart();
    await world.time.advance(10 * MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("idle");
    world.github.command(pull, "/shadow retry", true);
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
    expect(world.violations).toEqual([]);
  });

  test("a used one is left alone", async () => {
    const { world, pull } = await running({ idleAfterMs: 30 * MINUTE_MS });
    for (let n = 0; n < 4; n += 1) {
      Object.assign(deploymentOf(world, pull) ?? {}, { lastPairAt: world.time.now() });
      await world.time.advance(15 * MINUTE_MS);
    }
    expect(isLeased(world, pull)).toBe(true);
  });

  test("after its time to live it is removed, and the status says how to get it back", async () => {
    const { world, pull } = await running({ ttlMs: 60 * MINUTE_MS });
    await world.time.advance(70 * MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    expect(deploymentOf(world, pull)?.state).toBe("closed");
    expect(lastStatus(world)).toContain("/shadow retry");
  });

  test("unless the label says that it is kept", async () => {
    const { world, pull } = await running({ ttlMs: 60 * MINUTE_MS });
    world.github.label(pull, "shadow-keep", false);
    await world.time.advance(3 * 60 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
  });
});

describe("what goes wrong", () => {
  test("a removal that fails is visible with its reason, and is tried until it works", async () => {
    const { world, pull } = await running();
    world.driver.removalFails = "a finalizer does not end";
    close(world, pull);
    await world.time.advance(20 * MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "teardown_failed",
      reason: expect.stringContaining("a finalizer does not end"),
    });
    expect(world.loop().standing().stacks.teardown_failed).toBe(1);
    world.driver.removalFails = null;
    await world.time.advance(2 * MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    expect(deploymentOf(world, pull)?.state).toBe("closed");
  });

  test("a cluster that does not answer is the deployment's reason, and what runs keeps its traffic", async () => {
    const { world, pull } = await running();
    world.driver.up = false;
    const other = open(world, ELSEWHERE);
    await world.time.advance(10 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
    expect(deploymentOf(world, other)).toMatchObject({
      reason: expect.stringContaining("The cluster does not answer."),
    });
    world.driver.up = true;
    await world.time.advance(3 * MINUTE_MS);
    expect(isLeased(world, other)).toBe(true);
  });

  test("a dead registry holds a removal back only until the lease must have run out", async () => {
    const { world, pull } = await running();
    world.report.registryUp = false;
    close(world, pull);
    await world.time.advance(30_000);
    expect(world.driver.stacks.size).toBe(1);
    await world.time.advance(3 * MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    expect(world.violations).toEqual([]);
  });

  test("a base that nobody needs goes by the sweep, but not within two minutes", async () => {
    const { world } = await running();
    const name = "shadow-base-1-777777777777";
    const stray = { name, repoId: 1, pr: null, role: "base", sha: B, attempt: "", expiresAt: 0, readyAt: 0 } as const;
    await world.time.advance(8 * MINUTE_MS);
    world.driver.stacks.set(name, { ...stray, removingUntil: null, idle: false, deadUntil: 0 });
    await world.time.advance(3 * MINUTE_MS);
    expect(world.driver.stacks.get(name)?.removingUntil).toBeNull();
    await world.time.advance(8 * MINUTE_MS);
    expect([...world.driver.stacks.keys()]).toEqual(["shadow-pr1-1"]);
  });

  test("two repositories with the same number and commit do not touch each other", async () => {
    const { world, pull } = await running();
    const other = open(world, ELSEWHERE);
    await world.time.advance(MINUTE_MS);
    close(world, pull);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, other)).toBe(true);
    expect([...world.driver.stacks.keys()]).toEqual(["shadow-pr1-2"]);
  });
});

describe("the cost", () => {
  test("a pull request that just runs costs GitHub a few calls every five minutes", async () => {
    const { world } = await running();
    world.github.calls.clear();
    await world.time.advance(60 * MINUTE_MS);
    expect(world.github.calls.get("pull")).toBeLessThanOrEqual(13);
    expect(world.github.calls.get("setStatus") ?? 0).toBe(0);
  });
});

test("stop ends the step in hand and begins no other", async () => {
  const { world, pull } = await running();
  push(world, pull, B);
  const stopped = world.loop().stop();
  await world.time.advance(10_000);
  await stopped;
  const before = world.driver.ensured.length;
  await world.time.advance(10 * MINUTE_MS);
  expect(world.driver.ensured.length).toBe(before);
});
