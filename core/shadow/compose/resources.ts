/** What a service asks for: `deploy.resources` first, then the older keys. */
import type { Resources } from "./project.ts";
import { composeBytes, composeNumber } from "./quantities.ts";
import { refuse } from "./reading.ts";
import { type ServiceView, spotOf, textOf } from "./view.ts";

/** Docker's period where only a quota is written, in microseconds. */
const DEFAULT_PERIOD_US = 100_000;

type Path = readonly string[];

export function resourcesOf(view: ServiceView): Resources {
  const limits = ["deploy", "resources", "limits"];
  const reserved = ["deploy", "resources", "reservations"];
  return {
    cpus: firstOf(view, [[...limits, "cpus"], ["cpus"]], composeNumber) ?? quotaOf(view),
    memoryBytes: firstOf(view, [[...limits, "memory"], ["mem_limit"]], composeBytes),
    reservedCpus: firstOf(view, [[...reserved, "cpus"]], composeNumber),
    reservedMemoryBytes: firstOf(view, [[...reserved, "memory"], ["mem_reservation"]], composeBytes),
    pids: firstOf(view, [[...limits, "pids"], ["pids_limit"]], composeNumber),
  };
}

/** The first key that says something; zero and -1 mean that there is no limit. */
function firstOf(view: ServiceView, paths: readonly Path[], read: (text: string) => number | null): number | null {
  for (const path of paths) {
    const text = textOf(view, ...path);
    if (text === undefined || text === "" || text === "-1") continue;
    const value = read(text);
    if (value !== null) return value === 0 ? null : value;
    const message = `"${text.slice(0, 40)}" is no quantity. Write it like 0.5 or 512m.`;
    refuse(view.reading, spotOf(view, ...path), { code: "quantity", message });
  }
  return null;
}

function quotaOf(view: ServiceView): number | null {
  const quota = firstOf(view, [["cpu_quota"]], composeNumber);
  const period = firstOf(view, [["cpu_period"]], composeNumber) ?? DEFAULT_PERIOD_US;
  return quota === null ? null : quota / period;
}
