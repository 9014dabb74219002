/** Commands are answered where they were given: once they are carried out, or because they are not. */
import { expect, test } from "vitest";
import { FORK, MINUTE_MS, open, running } from "./simulation/story.ts";
import { createWorld, type World } from "./simulation/world.ts";

const reactions = ({ github }: World) => Array.from(github.reactions, ([id, contents]) => [id, ...contents]);

test("a stop is answered when nothing is left, and once", async () => {
  const { world, pull } = await running();
  world.report.up = false;
  world.github.command(pull, "/shadow stop", true);
  world.wake(pull);
  await world.time.advance(30_000);
  expect(reactions(world)).toEqual([]);
  world.report.up = true;
  await world.time.advance(MINUTE_MS);
  expect(reactions(world)).toEqual([[1, "+1"]]);
  const before = world.github.calls.get("react");
  await world.time.advance(30 * MINUTE_MS);
  expect(world.github.calls.get("react")).toBe(before);
});

test("who may not write is told so, and nothing runs", async () => {
  const world = createWorld({ seed: 1 });
  const pull = open(world, FORK);
  await world.time.advance(5_000);
  world.github.command(pull, `/shadow approve-fork ${pull.sha}`, false);
  world.wake(pull);
  await world.time.advance(MINUTE_MS);
  expect(reactions(world)).toEqual([[1, "confused"]]);
  expect(world.driver.ensured).toEqual([]);
});

test("old commands are not answered again by a loop that was just started", async () => {
  const { world, pull } = await running();
  world.github.command(pull, "/shadow retry", true);
  world.wake(pull);
  await world.time.advance(65 * MINUTE_MS);
  const before = world.github.calls.get("react");
  world.restart();
  await world.time.advance(MINUTE_MS);
  expect(world.github.calls.get("react")).toBe(before);
});
