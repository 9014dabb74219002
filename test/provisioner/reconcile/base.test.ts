/** A base stack that does not run takes nothing from its shadow but the better reference, and says so. */
import { describe, expect, test } from "vitest";
import {
  B,
  BAD_BASE,
  deploymentOf,
  isLeased,
  lastStatus,
  MINUTE_MS,
  OWN,
  OWN_BASE,
  open,
  push,
  running,
  SHARED_BASE,
} from "./simulation/story.ts";
import { createWorld, type World } from "./simulation/world.ts";

function failBases(world: World, ms: number): void {
  for (const stack of world.driver.stacks.values()) if (stack.role === "base") stack.failsUntil = world.time.now() + ms;
}

describe("a base stack that fails", () => {
  test("is waited for, then production is the reference: visibly, with second answers of production", async () => {
    const world = createWorld({ seed: 1 });
    const pull = open(world, OWN, { base: BAD_BASE });
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "pending",
      reason: expect.stringContaining("which it is compared with, failed"),
    });
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({
      state: "ready",
      reason: expect.stringMatching(/^Compared with production instead: .*web exits with 1/),
      body: {
        base: null,
        controlShare: 0.05,
        stack: { baseSha: null, notes: [{ key: "control", effect: "adjusted" }] },
      },
    });
    expect(lastStatus(world)).toContain("success #1: Shadow is running: 1 service. Compared with production instead");
    expect(isLeased(world, pull)).toBe(true);
    await world.time.advance(MINUTE_MS);
    expect([...world.driver.stacks.keys()]).toEqual(["shadow-pr1-1"]);
    expect(world.violations).toEqual([]);
  });

  test("for less than a minute is still the reference", async () => {
    const { world, pull } = await running({}, OWN, { base: SHARED_BASE });
    failBases(world, 40_000);
    await world.time.advance(2 * MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({ state: "ready", reason: null });
    expect(deploymentOf(world, pull)?.body.base).not.toBeNull();
  });

  test("stays given up over restarts, and is tried again with the next push", async () => {
    const { world, pull } = await running({}, OWN, { base: OWN_BASE });
    failBases(world, 10 * MINUTE_MS);
    await world.time.advance(4 * MINUTE_MS);
    const why = deploymentOf(world, pull)?.reason;
    expect(why).toContain("Compared with production instead");
    world.restart();
    const ensured = world.driver.ensured.length;
    await world.time.advance(5 * MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({ state: "ready", reason: why, body: { base: null } });
    expect(world.driver.ensured.slice(ensured).filter((name) => name.includes("-base"))).toEqual([]);
    push(world, pull, B);
    await world.time.advance(MINUTE_MS);
    expect(deploymentOf(world, pull)).toMatchObject({ state: "ready", reason: null });
    expect(deploymentOf(world, pull)?.body.base).not.toBeNull();
    expect(world.violations).toEqual([]);
  });
});
