/** On the strength of what traffic begins: of what GitHub says now, whatever the loop read before. */
import { expect, test } from "vitest";
import { isLeased, MINUTE_MS, running } from "./simulation/story.ts";

/** Longer than a lease, so that what ran before has to begin anew. */
const OUTAGE_MS = 2 * MINUTE_MS;

test("a loop that starts while the cluster is away gives no traffic to what was closed meanwhile", async () => {
  const { world, pull } = await running();
  world.restart();
  world.driver.up = false;
  // It has read that the pull request is open, and that the report calls its deployment ready.
  await world.time.advance(1_000);
  expect(world.github.calls.get("pull")).toBeGreaterThan(0);
  pull.state = "closed";
  pull.changedAt = world.time.now();
  await world.time.advance(OUTAGE_MS);
  expect(isLeased(world, pull)).toBe(false);
  world.driver.up = true;
  await world.time.advance(2 * MINUTE_MS);
  expect(world.violations).toEqual([]);
  expect(isLeased(world, pull)).toBe(false);
  expect(world.driver.stacks.size).toBe(0);
});

test("and to what is open still gives it back once the cluster answers", async () => {
  const { world, pull } = await running();
  world.restart();
  world.driver.up = false;
  await world.time.advance(OUTAGE_MS);
  world.driver.up = true;
  await world.time.advance(2 * MINUTE_MS);
  expect(isLeased(world, pull)).toBe(true);
  expect(world.violations).toEqual([]);
});
