/** The way down goes on while the report is away: once no lease can be running any more. */
import { describe, expect, test } from "vitest";
import { ReportUnavailable } from "../../../infra/provisioner/report/report.ts";
import { close, deploymentOf, isLeased, MINUTE_MS, OWN, OWN_BASE, open, running } from "./simulation/story.ts";
import { createWorld, type World } from "./simulation/world.ts";

describe("closed while the report does not answer", () => {
  test("the stack is removed after the lease must have run out, and the deployment closed when the report is back", async () => {
    const { world, pull } = await running({}, OWN, { base: OWN_BASE });
    world.report.up = false;
    close(world, pull);
    await world.time.advance(MINUTE_MS);
    expect(world.driver.stacks.size).toBe(2);
    await world.time.advance(3 * MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    expect(deploymentOf(world, pull)?.state).toBe("ready");
    expect(world.loop().standing().unavailable.report).toBe("The report does not answer.");
    world.report.up = true;
    await world.time.advance(2 * MINUTE_MS);
    expect(deploymentOf(world, pull)?.state).toBe("closed");
    expect(world.violations).toEqual([]);
  });

  test("by a loop that was just started, too, which knows no deployment but finds the stack", async () => {
    const { world, pull } = await running();
    world.report.up = false;
    world.kill();
    pull.state = "closed";
    world.revive();
    await world.time.advance(MINUTE_MS);
    expect(world.driver.stacks.size).toBe(1);
    await world.time.advance(4 * MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    world.report.up = true;
    await world.time.advance(6 * MINUTE_MS);
    expect(world.untruths()).toEqual([]);
    expect(world.violations).toEqual([]);
  });

  test("nothing comes back to life when the report is back and GitHub is not", async () => {
    const { world, pull } = await running();
    world.report.up = false;
    await world.time.advance(2 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(false);
    world.github.up = false;
    pull.state = "closed";
    world.report.up = true;
    await world.time.advance(10 * MINUTE_MS);
    expect(isLeased(world, pull)).toBe(false);
    expect(world.violations).toEqual([]);
  });
});

describe("closed while no lease can be ended", () => {
  test("nothing is removed before the lease has run out, although the answer to being ready got lost", async () => {
    const world = createWorld({ seed: 1 });
    losesFirstAnswer(world, "ready");
    const pull = open(world);
    await world.time.advance(MINUTE_MS);
    expect(isLeased(world, pull)).toBe(true);
    world.report.registryUp = false;
    close(world, pull);
    await world.time.advance(MINUTE_MS / 2);
    expect(isLeased(world, pull)).toBe(true);
    expect(world.driver.stacks.size).toBe(1);
    await world.time.advance(3 * MINUTE_MS);
    expect(world.driver.stacks.size).toBe(0);
    expect(world.violations).toEqual([]);
  });
});

/** The first change to that state takes effect, and nobody hears of it. */
function losesFirstAnswer({ report }: World, state: string): void {
  const { setState } = report;
  let isLost = false;
  Object.assign(report, {
    setState: async (...asked: Parameters<typeof setState>) => {
      await setState(...asked);
      if (isLost || asked[1].state !== state) return;
      isLost = true;
      throw new ReportUnavailable("The answer got lost.");
    },
  });
}
