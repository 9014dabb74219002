/**
 * Stacks that somebody else runs: preview deployments whose address GitHub names. Nothing is started or removed, so there is nothing to
 * find either.
 */
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { Driver, StackStanding } from "../driver.ts";

const NONE = { services: [], podSecurity: null } as const;

const WAITS = "It waits for a deployment of this commit: GitHub knows no successful one yet.";

export function urlDriver(): Driver {
  return {
    name: "url",
    ensure: async (spec) => standingOf(spec),
    idle: async () => undefined,
    remove: async () => "gone",
    list: async () => [],
  };
}

/** The address was held against the operator's suffixes when the plan was made. What answers there stamps nothing. */
function standingOf({ workload }: StackSpec): StackStanding {
  if (workload.kind !== "preview") {
    const words = "The driver url takes the address of a preview deployment; this stack has none.";
    return { state: "failed", failure: "config-error", words, log: null, ...NONE };
  }
  if (workload.origin === null) return { state: "progressing", words: WAITS, ...NONE };
  return { state: "ready", origin: workload.origin, stamped: false, ...NONE };
}
