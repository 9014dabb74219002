/** The routes of a deployment: rows, and byte-equal pairs that are only counted, as one list. */
import { countVerdicts } from "../../../core/report/counts.ts";
import { explanationOf } from "../../../core/report/standing.ts";
import type { Route } from "../../../core/wire/api/routes.ts";
import { done, kept, refuse } from "../http/reply.ts";
import { keepAnswers, readAnswer } from "../store/answers.ts";
import type { Database } from "../store/database.ts";
import { type DeploymentRow, findDeployment } from "../store/deployments.ts";
import { readCounting } from "../store/drifts.ts";
import { type EqualRoute, readEqualRoutes } from "../store/equal-pairs.ts";
import { readSlowRoutes } from "../store/latency-checks.ts";
import { type RouteRow, readRoutes } from "../store/routes.ts";
import { readStandings } from "../store/standings.ts";
import { readRouteGroups } from "../store/verdicts.ts";
import type { Handler } from "./handler.ts";
import { latencyOf } from "./route-latency.ts";

/** One query while nothing changed since it was last asked. */
export const listRoutes: Handler<"listRoutes"> = async ({ params }, { db }) => {
  const answer = await readAnswer(db, "routes", params.id);
  if (answer === null) return refuse("deployment-not-found");
  if (answer.body !== null) return kept(answer.body);
  const deployment = await findDeployment(db, params.id);
  if (deployment === null) return refuse("deployment-not-found");
  const { items, isWhole } = await routesOf(db, deployment);
  const body = JSON.stringify({ items });
  if (isWhole) await keepAnswers(db, "routes", [{ ...answer, body }]);
  return done({ items });
};

async function routesOf(db: Database, { id, repoId }: Pick<DeploymentRow, "id" | "repoId">) {
  const [rows, equal, groups, drifts, all, slow] = await Promise.all([
    readRoutes(db, id),
    readEqualRoutes(db, id),
    readRouteGroups(db, id),
    readCounting(db, [id]),
    readStandings(db, [id]),
    readSlowRoutes(db, [id]),
  ]);
  const decisions = all(id, repoId);
  const groupsOf = Map.groupBy(groups, (group) => group.route);
  const driftsOf = Map.groupBy(
    drifts.filter(({ signature }) => explanationOf(signature, decisions) === null),
    (drift) => drift.route,
  );
  const rowOf = new Map(rows.map((row) => [row.route, row]));
  const names = [...new Set([...rowOf.keys(), ...equal.keys()])].toSorted();
  const items = names.map((route): Route => {
    const row = rowOf.get(route);
    const settled = equal.get(route);
    const apart = { shadowFailed: row?.shadowFailed ?? 0, equalWithoutRow: settled?.pairs ?? 0 };
    return {
      route,
      counts: countVerdicts(groupsOf.get(route) ?? [], decisions, apart),
      equalWithoutRow: apart.equalWithoutRow,
      secondAnswers: secondAnswersOf(row, settled),
      drifts: (driftsOf.get(route)?.length ?? 0) + (slow.found.get(id)?.has(route) ? 1 : 0),
      noise: row?.noise ?? 0,
      latency: latencyOf(row, settled),
    };
  });
  return { items, isWhole: !slow.behind.has(id) };
}

function secondAnswersOf(row: RouteRow | undefined, settled: EqualRoute | undefined): number {
  return (row?.secondAnswers ?? 0) + (settled?.secondAnswers ?? 0);
}
