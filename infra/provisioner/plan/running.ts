/** What the drivers' stacks run already, for the planner: who starts anew pins no image anew that a stack of the same commit runs. */
import { type Driver, DriverUnavailable } from "../drivers/driver.ts";
import type { Running } from "./stacks.ts";

/** A plan is not held up by an engine that is busy for longer. */
const ASK_LIMIT_MS = 10_000;

/** A driver that is away says nothing, and is asked again by the next plan. */
export function runningBy(drivers: readonly Driver[]): Running {
  return async (name, identity) => {
    const driver = drivers.find((one) => one.name === name);
    try {
      return (await driver?.images?.(identity, AbortSignal.timeout(ASK_LIMIT_MS))) ?? {};
    } catch (error) {
      if (error instanceof DriverUnavailable) return {};
      throw error;
    }
  };
}
