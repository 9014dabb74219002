/** A start that never ends is said, whatever the driver; and what runs later runs after all. */
import { describe, expect, test } from "vitest";
import { deploymentOf, HANGING, isLeased, lastStatus, MINUTE_MS, OWN, open, running } from "./simulation/story.ts";
import { createWorld } from "./simulation/world.ts";

const startLimitMs = 3 * MINUTE_MS;

describe("a stack that starts and starts", () => {
  test("is shown as failed after the operator's limit, with what it was waiting for", async () => {
    const world = createWorld({ seed: 1, startLimitMs });
    const pull = open(world, OWN, { sha: HANGING });
    await world.time.advance(2 * MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("pending");
    await world.time.advance(2 * MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "failed",
      reason: expect.stringMatching(/^Not running after 3 min: pods start/),
      // The specs of this world are previews.
      body: { stack: { failure: "no-preview" } },
    });
    expect(lastStatus(world)).toContain("failure #1: Not running after 3 min");
  });

  test("stays failed over a restart, and starts anew with retry", async () => {
    const world = createWorld({ seed: 1, startLimitMs });
    const pull = open(world, OWN, { sha: HANGING });
    await world.time.advance(5 * MINUTE_MS);
    const before = world.github.statuses.length;
    world.restart();
    await world.time.advance(2 * MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("failed");
    expect(world.github.statuses.slice(before).map(({ state }) => state)).not.toContain("pending");
    world.github.command(pull, "/shadow retry", true);
    world.wake(pull);
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("pending");
  });

  test("runs after all once it does", async () => {
    const { world, pull } = await running({ startLimitMs });
    for (const stack of world.driver.stacks.values()) stack.deadUntil = world.time.now() + 6 * MINUTE_MS;
    await world.time.advance(5 * MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("web restarts"),
    });
    expect(isLeased(world, pull)).toBe(false);
    await world.time.advance(3 * MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("ready");
    expect(isLeased(world, pull)).toBe(true);
  });
});
