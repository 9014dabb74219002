/** Calls to the registry objects of a deployment's hosts, all at once. One object per host, named by the host. */
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { type Refused, refuse } from "../http/reply.ts";

type Registries = ReportEnv["REGISTRY"];
type Called<T> = { readonly ok: true; readonly value: readonly T[] } | Refused;

/** A reader waits so long for the tees' latest counters; what was written before is there without them. */
const REFRESH_LIMIT_MS = 2_000;

/** One call to each host's registry with all its targets, all at once. The hosts whose registry did not take them. */
export async function leaseByHost(
  registries: Registries,
  leases: readonly { readonly hosts: readonly string[]; readonly target: MirrorTarget }[],
): Promise<ReadonlySet<string>> {
  const byHost = Map.groupBy(
    leases.flatMap(({ hosts, target }) => hosts.map((host) => ({ host, target }))),
    ({ host }) => host,
  );
  const hosts = [...byHost.keys()];
  const calls = hosts.map(async (host) => {
    await registries.getByName(host).leaseAll((byHost.get(host) ?? []).map(({ target }) => target));
  });
  const results = await Promise.allSettled(calls);
  return new Set(hosts.filter((_, n) => results[n]?.status === "rejected"));
}

/** Ends the lease on every host it reaches; one that does not answer lets it run out by itself. */
export function releaseOnHosts(registries: Registries, hosts: readonly string[], deploymentId: string) {
  return onHosts(hosts, async (host) => registries.getByName(host).release(deploymentId));
}

/** Turns the kill switch of one host. It needs nothing but that host's registry. */
export function setKillSwitch(registries: Registries, host: string, on: boolean) {
  return onHosts([host], async () => registries.getByName(host).setKillSwitch(on));
}

export async function readKillSwitch(registries: Registries, host: string): Promise<Called<boolean>> {
  return onHosts([host], async () => registries.getByName(host).killSwitch());
}

export interface HostState extends Pick<Ledger["hosts"][number], "host" | "standing"> {
  /** Null: its registry did not answer in time. */
  readonly killSwitch: boolean | null;
  /** Its counters are in the database as the tees last told them. */
  readonly fresh: boolean;
}

/** Lets every registry write down what it knows, and asks how it stands. A dead one costs the limit and no more. */
export async function refreshHosts(
  registries: Registries,
  hosts: readonly string[],
  deploymentId: string,
): Promise<readonly HostState[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), REFRESH_LIMIT_MS);
  });
  const within = <T>(call: Promise<T>): Promise<T | null> => Promise.race([call.catch(() => null), limit]);
  const states = await Promise.all(
    hosts.map(async (host) => {
      const registry = registries.getByName(host);
      const [fresh, killSwitch, standing] = await Promise.all([
        within(registry.flush().then(() => true)),
        within(registry.killSwitch()),
        within(registry.standing(deploymentId).then((told) => ({ told }))),
      ]);
      const told = standing?.told ?? null;
      const now = told === null ? null : { breaker: told.breaker, probability: told.probability };
      // No lease and no answer are both null: the second has to say so.
      return { host, killSwitch, standing: now, fresh: fresh === true && killSwitch !== null && standing !== null };
    }),
  );
  if (timer !== undefined) clearTimeout(timer);
  return states;
}

/** Every host is called even when another fails; the refusal names those that did. */
async function onHosts<T>(hosts: readonly string[], call: (host: string) => Promise<T>): Promise<Called<T>> {
  const results = await Promise.allSettled(hosts.map(call));
  const failed = hosts.filter((_, i) => results[i]?.status === "rejected");
  if (failed.length > 0) return refuse("registry-unavailable", `No answer for ${failed.join(", ")}.`);
  return { ok: true, value: results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])) };
}
