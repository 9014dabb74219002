/** What the provisioner says of a deployment: here it is, its state, it is gone. Every call can be repeated. */

import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import { done, type Refused, refuse } from "../http/reply.ts";
import { releaseOnHosts } from "../registry/hosts.ts";
import {
  type DeploymentState,
  findDeployment,
  isReachable,
  registerDeployment,
  setState,
} from "../store/deployments.ts";
import { readCountingHosts } from "../store/tee-counters.ts";
import { viewWritten } from "./deployment-view.ts";
import type { Context, Handler } from "./handler.ts";
import { readRegistration } from "./registration.ts";

const CREATED = 201;

const NOT_REACHABLE =
  "It has no address or no hosts yet: register it with shadowOrigin and hosts, then say that it is ready.";

export const putDeployment: Handler<"putDeployment"> = async ({ params, body }, { db, env, now }) => {
  const id = deploymentIdOf(body.repository.id, body.pull.number, body.headSha);
  if (id !== params.id) return refuse("id-mismatch", `The body describes ${id}.`);
  const registration = readRegistration(id, body, env);
  if (!registration.ok) return registration;
  const [before, counting] = await Promise.all([findDeployment(db, id), readCountingHosts(db, id)]);
  if (before !== null && !isSameCommit(before.headSha, body.headSha))
    return refuse(
      "id-mismatch",
      `${id} is the commit ${before.headSha}: what was seen of it says nothing about another.`,
    );
  const row = await registerDeployment(db, registration.value, now);
  // Hosts that counted belong to it too: an earlier update may have taken one away whose registry did not answer then.
  const known = new Set([...(before?.hosts ?? []), ...counting]);
  const dropped = isReachable(row) ? [...known].filter((host) => !row.hosts.includes(host)) : [...known];
  const released = await releaseOnHosts(env.REGISTRY, dropped, id);
  if (!released.ok) return released;
  return done(viewWritten(row), before === null ? CREATED : 200);
};

/** Ids hold twelve digits, and two commits that share those can be made. Either may be named in short. */
function isSameCommit(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

export const postState: Handler<"postState"> = async ({ params, body }, context) => {
  const { state, reason } = body;
  if (state !== "ready") return withdraw(params.id, { state, reason }, context);
  const before = await findDeployment(context.db, params.id);
  if (before !== null && before.state !== "closed" && !isReachable(before))
    return refuse("deployment-not-ready", NOT_REACHABLE);
  const row = await setState(context.db, params.id, { state, reason, now: context.now });
  return row === null ? whyNot(context, params.id) : done(viewWritten(row));
};

/** Closing again ends the lease again: a caller whose answer was lost simply repeats. */
export const deleteDeployment: Handler<"deleteDeployment"> = ({ params }, context) =>
  withdraw(params.id, { state: "closed", reason: null }, context);

/**
 * Takes a deployment out of the traffic. The lease ends before the state is written, and the state is written even when
 * a registry did not answer: no renewal passes then, and the lease runs out. The caller is told to repeat.
 */
async function withdraw(
  id: string,
  change: { readonly state: Exclude<DeploymentState, "ready">; readonly reason: string | null },
  { db, env, now }: Context,
) {
  const before = await findDeployment(db, id);
  if (before === null) return refuse("deployment-not-found");
  if (before.state === "closed" && change.state !== "closed") return refuse("deployment-closed");
  const released = await releaseOnHosts(env.REGISTRY, before.hosts, id);
  const row = (await setState(db, id, { ...change, now })) ?? (await findDeployment(db, id)) ?? before;
  return released.ok ? done(viewWritten(row)) : released;
}

async function whyNot({ db }: Context, id: string): Promise<Refused> {
  return refuse((await findDeployment(db, id)) === null ? "deployment-not-found" : "deployment-closed");
}
