/** Base stacks: registered with the shadow, shared or of its own, gone when nobody needs them. */
import { describe, expect, test } from "vitest";
import {
  B,
  close,
  deploymentOf,
  FORK,
  MINUTE_MS,
  NO_BASE,
  OWN,
  OWN_BASE,
  open,
  running,
  SHARED_BASE,
} from "./simulation/story.ts";

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
