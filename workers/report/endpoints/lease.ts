/** The lease of a deployment: it holds while the provisioner (locally the launcher) renews it. */
import { LEASE_MS } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { done, refuse } from "../http/reply.ts";
import { leaseOnHosts, releaseOnHosts } from "../registry/hosts.ts";
import { type DeploymentRow, findDeployment } from "../store/deployments.ts";
import type { Handler } from "./handler.ts";
import { readServiceHeaders } from "./service-headers.ts";
import { isoTime } from "./time.ts";

/**
 * Writes the full target to every host's registry, so a lost write heals with the next renewal. A close that came in
 * between has released already and would be overwritten: so the state is read again, and the lease taken back.
 */
export const postLease: Handler<"postLease"> = async ({ params }, { db, env, now }) => {
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const refused = refusalOf(deployment);
  if (refused !== null) return refused;
  const serviceHeaders = readServiceHeaders(env.SHADOW_INFRA_SERVICE_HEADERS);
  if (!serviceHeaders.ok) return serviceHeaders;
  const leased = await leaseOnHosts(env.REGISTRY, deployment.hosts, targetOf(deployment, serviceHeaders.value));
  const refusedNow = refusalOf((await findDeployment(db, params.id)) ?? deployment);
  if (refusedNow !== null) {
    await releaseOnHosts(env.REGISTRY, deployment.hosts, params.id);
    return refusedNow;
  }
  return leased.ok ? done({ expiresAt: isoTime(now + LEASE_MS) }) : leased;
};

function refusalOf({ state, stateReason }: DeploymentRow) {
  if (state === "closed") return refuse("deployment-closed");
  const why = stateReason === null ? "" : `: ${stateReason}`;
  return state === "ready" ? null : refuse("deployment-not-ready", `Its state is ${state}${why}.`);
}

function targetOf(row: DeploymentRow, serviceHeaders: MirrorTarget["serviceHeaders"]): MirrorTarget {
  const { id: deploymentId, mirrorSettings: settings } = row;
  const { repoId, shadowOrigin, rate, methods, controlShare, credentials } = row;
  return { deploymentId, repoId, shadowOrigin, rate, methods, controlShare, credentials, serviceHeaders, settings };
}
