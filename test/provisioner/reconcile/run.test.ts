/** What one pass makes of a pull request that does not start, that lives too long, or that just runs. */
import { describe, expect, test } from "vitest";
import {
  CRASHING,
  close,
  deploymentOf,
  ELSEWHERE,
  isLeased,
  lastStatus,
  MINUTE_MS,
  OWN,
  open,
  REFUSED,
  running,
  WAITING,
} from "./simulation/story.ts";
import { createWorld } from "./simulation/world.ts";

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

describe("the cost", () => {
  test("a pull request that just runs costs GitHub a few calls every five minutes", async () => {
    const { world } = await running();
    world.github.calls.clear();
    await world.time.advance(60 * MINUTE_MS);
    expect(world.github.calls.get("pull")).toBeLessThanOrEqual(13);
    expect(world.github.calls.get("setStatus") ?? 0).toBe(0);
  });
});
