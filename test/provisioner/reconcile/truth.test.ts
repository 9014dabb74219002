/**
 * Any order, loss, repetition and delay of deliveries, any outage and any death of the loop ends in what GitHub says; and on the way
 * there some things never happen, however briefly.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Action, act, actions } from "./simulation/actions.ts";
import { createWorld, type World } from "./simulation/world.ts";

/** The long tests try 5,000. */
const SEQUENCES = Number(process.env["SHADOW_INFRA_TEST_SEQUENCES"] ?? 1_000);

/** A full pass every 5 minutes, a sweep every 10, and 2 minutes until a stack counts as nobody's. */
const SETTLES_WITHIN_MS = 20 * 60_000;
const LOOK_MS = 15_000;

/** Starts take 20 s at most, unless they never end. */
const START_LIMIT_MS = 120_000;

async function play(seed: number, sequence: readonly Action[], maxStacks = 100): Promise<World> {
  const world = createWorld({ seed, maxStacks, startLimitMs: START_LIMIT_MS });
  world.driver.slowness = world.chance.below(4_000);
  for (const action of sequence) await act(world, action);
  await world.time.advance(1_000);
  return world;
}

async function settle(world: World): Promise<void> {
  let waited = 0;
  while (waited < SETTLES_WITHIN_MS && (!world.isQuiet() || world.untruths().length > 0)) {
    await world.time.advance(LOOK_MS);
    waited += LOOK_MS;
  }
  expect(world.untruths()).toEqual([]);
}

/** 5,000 are some 15 s of one processor; it may have to share it with everything else that is tested. */
const TIMEOUT_MS = 600_000;

const DELIVERED = actions(["at-once", "late", "twice", "never"]);
const NOTHING_DELIVERED = actions(["never"]);

test("thousands of sequences of events end in the truth", { timeout: TIMEOUT_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.oneof(DELIVERED, DELIVERED, NOTHING_DELIVERED), async (seed, sequence) => {
      const world = await play(seed, sequence);
      await settle(world);
      expect(world.violations).toEqual([]);
      world.kill();
      // Virtual time leaves the event loop no turn; the runner hears from this test in between.
      await new Promise(setImmediate);
    }),
    { numRuns: SEQUENCES },
  );
});
