/** The routes of a deployment. */
import { countVerdicts } from "../../../core/report/counts.ts";
import { done, refuse } from "../http/reply.ts";
import { ofRepository, readDecisions } from "../store/decisions.ts";
import { findDeployment } from "../store/deployments.ts";
import { countDrifts } from "../store/drifts.ts";
import { readRoutes } from "../store/routes.ts";
import { readRouteGroups } from "../store/verdicts.ts";
import type { Handler } from "./handler.ts";

export const listRoutes: Handler<"listRoutes"> = async ({ params }, { db }) => {
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const [rows, groups, drifts, all] = await Promise.all([
    readRoutes(db, params.id),
    readRouteGroups(db, params.id),
    countDrifts(db, [params.id]),
    readDecisions(db, [params.id]),
  ]);
  const decisions = ofRepository(all, deployment.repoId);
  const groupsOf = Map.groupBy(groups, (group) => group.route);
  const driftsOf = new Map(drifts.map((count) => [count.route, count.drifts]));
  const items = rows.map((row) => ({
    route: row.route,
    counts: countVerdicts(groupsOf.get(row.route) ?? [], decisions, row.shadowFailed),
    drifts: driftsOf.get(row.route) ?? 0,
    noise: row.noise,
  }));
  return done({ items });
};
