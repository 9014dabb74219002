/** Leases: kept by renewals, ended with what they were for. */
import { describe, expect, test } from "vitest";
import { deploymentOf, isLeased, MINUTE_MS, running } from "./simulation/story.ts";

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
