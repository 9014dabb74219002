/** Leases of deployments: they hold while the provisioner (locally the launcher) renews them, one or all with one call. */
import { LEASE_MS } from "../../../core/wire/sync.ts";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { done, type Refused, refuse } from "../http/reply.ts";
import { leaseByHost, releaseOnHosts } from "../registry/hosts.ts";
import { type DeploymentRow, findDeployments, isReachable } from "../store/deployments.ts";
import type { Context, Handler } from "./handler.ts";
import { readServiceHeaders } from "./service-headers.ts";
import { isoTime } from "./time.ts";

export const postLease: Handler<"postLease"> = async ({ params }, context) => {
  const renewed = await renew([params.id], context);
  if (!renewed.ok) return renewed;
  const problem = renewed.problems.get(params.id);
  return problem ?? done({ expiresAt: renewed.expiresAt });
};

export const postLeases: Handler<"postLeases"> = async ({ body }, context) => {
  const renewed = await renew(body.ids, context);
  if (!renewed.ok) return renewed;
  const { problems, expiresAt } = renewed;
  const items = [...new Set(body.ids)].map((id) => {
    const problem = problems.get(id)?.code ?? null;
    return { id, expiresAt: problem === null ? expiresAt : null, problem };
  });
  return done({ items });
};

interface Renewed {
  readonly ok: true;
  /** Of all that have no problem. */
  readonly expiresAt: string;
  readonly problems: ReadonlyMap<string, Refused>;
}

/**
 * Writes the full targets to every host's registry, so a lost write heals with the next renewal: two queries and one call to each
 * registry, however many deployments. A close that came in between has released already and would be overwritten: so the states are
 * read again, and such a lease is taken back.
 */
async function renew(ids: readonly string[], { db, env, now }: Context): Promise<Renewed | Refused> {
  const serviceHeaders = readServiceHeaders(env.SHADOW_INFRA_SERVICE_HEADERS);
  const before = await findDeployments(db, ids);
  const problems = refusalsOf(ids, before);
  const ready = before.filter(({ id }) => !problems.has(id));
  if (ready.length === 0) return { ok: true, expiresAt: isoTime(now), problems };
  if (!serviceHeaders.ok) return serviceHeaders;
  const leases = ready.map((row) => ({ hosts: row.hosts, target: targetOf(row, serviceHeaders.value) }));
  const silent = await leaseByHost(env.REGISTRY, leases);
  for (const { id, hosts } of ready) {
    const failed = hosts.filter((host) => silent.has(host));
    if (failed.length > 0) problems.set(id, refuse("registry-unavailable", `No answer for ${failed.join(", ")}.`));
  }
  const asked = ready.map(({ id }) => id);
  const withdrawn = refusalsOf(asked, await findDeployments(db, asked));
  await Promise.all(
    ready.filter(({ id }) => withdrawn.has(id)).map(({ id, hosts }) => releaseOnHosts(env.REGISTRY, hosts, id)),
  );
  return { ok: true, expiresAt: isoTime(now + LEASE_MS), problems: new Map([...problems, ...withdrawn]) };
}

/** Why each of these has no lease; those that may have one are left out. */
function refusalsOf(ids: readonly string[], rows: readonly DeploymentRow[]): Map<string, Refused> {
  const found = new Map(rows.map((row) => [row.id, row]));
  const refusals = ids.map((id) => [id, refusalOf(found.get(id))] as const);
  return new Map(refusals.flatMap(([id, refused]) => (refused === null ? [] : [[id, refused]])));
}

function refusalOf(row: DeploymentRow | undefined): Refused | null {
  if (row === undefined) return refuse("deployment-not-found");
  const { state, stateReason } = row;
  if (state === "closed") return refuse("deployment-closed");
  const why = stateReason === null ? "" : `: ${stateReason}`;
  if (state !== "ready") return refuse("deployment-not-ready", `Its state is ${state}${why}.`);
  return isReachable(row) ? null : refuse("deployment-not-ready", "It has no address or no hosts.");
}

function targetOf(row: DeploymentRow, serviceHeaders: MirrorTarget["serviceHeaders"]): MirrorTarget {
  const { id: deploymentId, mirrorSettings: settings } = row;
  const { repoId, shadowOrigin, rate, methods, controlShare, credentials } = row;
  return { deploymentId, repoId, shadowOrigin, rate, methods, controlShare, credentials, serviceHeaders, settings };
}
