/** The full pass over several repositories: one that does not answer holds up no other. */
import { expect, test } from "vitest";
import { deploymentOf, ELSEWHERE, isLeased, MINUTE_MS, OWN, open, running, SHARED_BASE } from "./simulation/story.ts";
import { createWorld } from "./simulation/world.ts";

test("a repository that GitHub does not show is named, and the others are looked after without a delivery", async () => {
  const world = createWorld({ seed: 1 });
  const silent = { ...world, wake: () => undefined };
  world.github.hidden.add(1);
  await world.time.advance(1_000);
  const hidden = open(silent, OWN);
  const other = open(silent, ELSEWHERE);
  await world.time.advance(6 * MINUTE_MS);
  expect(isLeased(world, other)).toBe(true);
  expect(deploymentOf(world, hidden)).toBeUndefined();
  expect(world.loop().standing()).toMatchObject({ lastPassAt: null, unavailable: { github: "GitHub hides 1." } });
  world.github.hidden.clear();
  await world.time.advance(2 * MINUTE_MS);
  expect(isLeased(world, hidden)).toBe(true);
  expect(world.loop().standing().unavailable).toEqual({});
  expect(world.loop().standing().lastPassAt).not.toBeNull();
});

test("a shared base of a repository that could not be listed is nobody's to remove", async () => {
  const { world, pull } = await running({}, OWN, { base: SHARED_BASE });
  world.github.hidden.add(1);
  world.restart();
  await world.time.advance(15 * MINUTE_MS);
  expect(world.driver.stacks.has("shadow-base-1-aaaaaaaaaaaa")).toBe(true);
  world.github.hidden.clear();
  await world.time.advance(2 * MINUTE_MS);
  expect(isLeased(world, pull)).toBe(true);
  expect(world.violations).toEqual([]);
});
