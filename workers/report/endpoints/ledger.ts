/**
 * The ledger of a deployment: hosts -> their registries write down what they know -> counters and stored pairs -> sum.
 * A registry that is dead makes it stale, not absent.
 */
import { ledgerOf } from "../../../core/report/ledger.ts";
import { done, refuse } from "../http/reply.ts";
import { refreshHosts } from "../registry/hosts.ts";
import { findDeployment } from "../store/deployments.ts";
import { readCounted, readCountingHosts } from "../store/tee-counters.ts";
import type { Handler } from "./handler.ts";

/** Hosts that an update took away stay in it: what they counted happened. */
export const getLedger: Handler<"getLedger"> = async ({ params }, { db, env, now }) => {
  const [deployment, counting] = await Promise.all([findDeployment(db, params.id), readCountingHosts(db, params.id)]);
  if (deployment === null) return refuse("deployment-not-found");
  const names = [...new Set([...deployment.hosts, ...counting])];
  const states = await refreshHosts(env.REGISTRY, names, params.id);
  const { counters, stored, unrouted } = await readCounted(db, params.id, names);
  const hosts = states.map(({ host, killSwitch, standing }) => ({
    host,
    unrouted: unrouted.get(host) ?? 0,
    killSwitch,
    standing,
  }));
  return done(ledgerOf({ counters, hosts, stored, stale: states.some(({ fresh }) => !fresh), now }));
};
