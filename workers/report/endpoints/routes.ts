/** The routes of a deployment. */
import { countVerdicts } from "../../../core/report/counts.ts";
import { explanationOf } from "../../../core/report/standing.ts";
import { done, refuse } from "../http/reply.ts";
import { findDeployment } from "../store/deployments.ts";
import { readCounting } from "../store/drifts.ts";
import { readRoutes } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import { readRouteGroups } from "../store/verdicts.ts";
import type { Handler } from "./handler.ts";

export const listRoutes: Handler<"listRoutes"> = async ({ params }, { db }) => {
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const [rows, groups, drifts, all] = await Promise.all([
    readRoutes(db, params.id),
    readRouteGroups(db, params.id),
    readCounting(db, [params.id]),
    readStandings(db, [params.id]),
  ]);
  const decisions = all(params.id, deployment.repoId);
  const groupsOf = Map.groupBy(groups, (group) => group.route);
  const driftsOf = Map.groupBy(
    drifts.filter(({ signature }) => explanationOf(signature, decisions) === null),
    (drift) => drift.route,
  );
  const items = rows.map((row) => ({
    route: row.route,
    counts: countVerdicts(groupsOf.get(row.route) ?? [], decisions, row.shadowFailed),
    drifts: driftsOf.get(row.route)?.length ?? 0,
    noise: row.noise,
  }));
  return done({ items });
};
