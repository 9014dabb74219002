/** Whoever does not answer, and what nobody knows of. */
import { describe, expect, test } from "vitest";
import { B, close, deploymentOf, ELSEWHERE, isLeased, MINUTE_MS, open, running } from "./simulation/story.ts";

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
    world.driver.stacks.set(name, { ...stray, removingUntil: null, idle: false, deadUntil: 0, failsUntil: 0 });
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
