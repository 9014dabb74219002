/** Calls to the registry objects of a deployment's hosts, all at once. One object per host, named by the host. */
import type { HostCounters } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { type Refused, refuse } from "../http/reply.ts";

type Registries = ReportEnv["REGISTRY"];
type Called<T> = { readonly ok: true; readonly value: readonly T[] } | Refused;

export function leaseOnHosts(registries: Registries, hosts: readonly string[], target: MirrorTarget) {
  return onHosts(hosts, async (host) => registries.getByName(host).lease(target));
}

/** Ends the lease on every host it reaches; one that does not answer lets it run out by itself. */
export function releaseOnHosts(registries: Registries, hosts: readonly string[], deploymentId: string) {
  return onHosts(hosts, async (host) => registries.getByName(host).release(deploymentId));
}

export function countersOfHosts(
  registries: Registries,
  hosts: readonly string[],
  deploymentId: string,
): Promise<Called<HostCounters>> {
  return onHosts(hosts, async (host) => registries.getByName(host).counters(deploymentId));
}

/** Every host is called even when another fails; the refusal names those that did. */
async function onHosts<T>(hosts: readonly string[], call: (host: string) => Promise<T>): Promise<Called<T>> {
  const results = await Promise.allSettled(hosts.map(call));
  const failed = hosts.filter((_, i) => results[i]?.status === "rejected");
  if (failed.length > 0) return refuse("registry-unavailable", `No answer for ${failed.join(", ")}.`);
  return { ok: true, value: results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])) };
}
