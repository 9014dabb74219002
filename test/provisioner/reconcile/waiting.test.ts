/** What the report shows of a fork's commit that nobody approved. */
import { expect, test } from "vitest";
import { A, B, FORK, isLeased, MINUTE_MS, open, push } from "./simulation/story.ts";
import { createWorld, type World } from "./simulation/world.ts";

const shownOf = (world: World) =>
  [...world.report.deployments.values()]
    .filter(({ state }) => state !== "closed")
    .map(({ sha, state, body }) => ({ sha, state, hosts: body.hosts, origin: body.shadowOrigin, stack: body.stack }));

const bare = (sha: string) => ({ sha, state: "pending", hosts: [], origin: null, stack: null });

async function waiting() {
  const world = createWorld({ seed: 1 });
  const pull = open(world, FORK);
  await world.time.advance(MINUTE_MS);
  return { world, pull };
}

test("is one deployment without hosts, address and stack, of the commit that waits", async () => {
  const { world, pull } = await waiting();
  expect(shownOf(world)).toEqual([bare(A)]);
  push(world, pull, B);
  await world.time.advance(MINUTE_MS);
  expect(shownOf(world)).toEqual([bare(B)]);
});

test("is written once and left alone, by a loop that starts anew too", async () => {
  const { world } = await waiting();
  const row = [...world.report.deployments.values()][0];
  const states: string[] = [];
  const { setState, close } = world.report;
  Object.assign(world.report, {
    setState: (...given: Parameters<typeof setState>) => {
      states.push(given[1].state);
      return setState(...given);
    },
    close: (id: string) => {
      states.push("closed");
      return close(id);
    },
  });
  await world.time.advance(20 * MINUTE_MS);
  expect(states).toEqual([]);
  world.restart();
  await world.time.advance(20 * MINUTE_MS);
  // Said once more by the new loop, which has to hear that no lease is left.
  expect(states).toEqual(["pending"]);
  expect([...world.report.deployments.values()].map(({ createdAt }) => createdAt)).toEqual([row?.createdAt]);
});

test("takes the place of a shadow whose approval was taken back, once nothing of that is left", async () => {
  const { world, pull } = await waiting();
  world.github.label(pull, "shadow-approved", true);
  world.wake(pull);
  await world.time.advance(MINUTE_MS);
  expect(isLeased(world, pull)).toBe(true);
  pull.labels.clear();
  world.wake(pull);
  await world.time.advance(MINUTE_MS);
  expect(isLeased(world, pull)).toBe(false);
  expect(world.driver.stacks.size).toBe(0);
  expect(shownOf(world)).toEqual([bare(A)]);
  expect(world.violations).toEqual([]);
});

test("ends with the pull request", async () => {
  const { world, pull } = await waiting();
  pull.state = "closed";
  world.wake(pull);
  await world.time.advance(MINUTE_MS);
  expect(shownOf(world)).toEqual([]);
});
