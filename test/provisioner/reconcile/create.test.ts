/** The loop in sentences, in the world that the thousands of sequences are played in: a pull request from beginning to end. */
import { describe, expect, test } from "vitest";
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import {
  A,
  B,
  close,
  deploymentOf,
  FORK,
  isLeased,
  lastStatus,
  MINUTE_MS,
  OWN,
  OWN_BASE,
  open,
  push,
  running,
} from "./simulation/story.ts";
import { createWorld } from "./simulation/world.ts";

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
    const shown = [...world.report.deployments.values()];
    expect(shown.map(({ pr, sha, state, leaseUntil }) => ({ pr, sha, state, leaseUntil }))).toEqual([
      { pr: 2, sha: A, state: "pending", leaseUntil: 0 },
    ]);
    expect(shown[0]?.reason).toBe(`Waits for approval of ${A.slice(0, 7)}: /shadow approve-fork ${A}`);
    expect(lastStatus(world)).toBe(`pending #2: Waits for approval of ${A.slice(0, 7)}: /shadow approve-fork ${A}`);
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
