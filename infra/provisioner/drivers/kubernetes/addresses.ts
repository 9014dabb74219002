/** Addresses that only this side can look up: hosts of `stack.egress`, the API server. Remembered for a while, so that policies stay put. */
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { KubeConfig } from "@kubernetes/client-node";

/** DNS answers in turns; a policy that followed each of them would never be at rest. */
const REMEMBERED_MS = 300_000;

export type Resolve = (host: string) => Promise<readonly string[]>;

/** All addresses in one order. A name that does not resolve has none. */
export const resolveHost: Resolve = async (host) => {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address).toSorted();
};

export function rememberingResolve(resolve: Resolve, clock: () => number): Resolve {
  const known = new Map<string, { readonly at: number; readonly addresses: readonly string[] }>();
  return async (host) => {
    const before = known.get(host);
    if (before !== undefined && clock() - before.at < REMEMBERED_MS) return before.addresses;
    const addresses = isIP(host) === 0 ? await resolve(host) : [host];
    known.set(host, { at: clock(), addresses });
    return addresses;
  };
}

/** Host of the API server, without the brackets of IPv6; null: the kubeconfig names none. */
export function apiServerHost(kubeConfig: Pick<KubeConfig, "getCurrentCluster">): string | null {
  const server = kubeConfig.getCurrentCluster()?.server;
  return server === undefined || !URL.canParse(server) ? null : new URL(server).hostname.replace(/^\[(.*)\]$/, "$1");
}
