/** A registry object as its interface, over calls that travel as JSON: by a Worker that holds the binding. */
import type { RegistryCalls } from "../../../core/wire/sync.ts";

type Call = (method: keyof RegistryCalls, ...args: readonly unknown[]) => Promise<unknown>;

export function registryOver(call: Call): RegistryCalls {
  // The answers are what the registry object returned, by way of JSON.
  return {
    sync: (report) => call("sync", report) as ReturnType<RegistryCalls["sync"]>,
    lease: async (leased) => void (await call("lease", leased)),
    leaseAll: async (targets) => void (await call("leaseAll", targets)),
    release: async (deploymentId) => void (await call("release", deploymentId)),
    setKillSwitch: async (on) => void (await call("setKillSwitch", on)),
    killSwitch: () => call("killSwitch") as ReturnType<RegistryCalls["killSwitch"]>,
    standing: (deploymentId) => call("standing", deploymentId) as ReturnType<RegistryCalls["standing"]>,
    flush: async () => void (await call("flush")),
    counters: (deploymentId) => call("counters", deploymentId) as ReturnType<RegistryCalls["counters"]>,
  };
}
