/** The ledger of a deployment. */
import { ledgerOf } from "../../../core/report/ledger.ts";
import { done, refuse } from "../http/reply.ts";
import { countersOfHosts } from "../registry/hosts.ts";
import { findDeployment } from "../store/deployments.ts";
import { readTotals } from "../store/routes.ts";
import type { Handler } from "./handler.ts";

/** Stored pairs are read before the counters: what the tees tell in between only shows as in flight, never as a loss. */
export const getLedger: Handler<"getLedger"> = async ({ params }, { db, env }) => {
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const [stored] = await readTotals(db, [params.id]);
  const counters = await countersOfHosts(env.REGISTRY, deployment.hosts, params.id);
  if (!counters.ok) return counters;
  return done(ledgerOf(counters.value, stored ?? { pairs: 0, shadowFailed: 0 }));
};
