/**
 * Stored verdicts, grouped. Pairs with the same findings share one text in `signatures`, so the thousands of pairs of a
 * deployment are few groups, and decisions are applied to the groups. The database counts them as pairs come (`migrations/answer-tables.ts`).
 */
import { and, eq, gt, ne, sum } from "drizzle-orm";
import type { CountedGroup } from "../../../core/report/counts.ts";
import { verdictGroups } from "../../../migrations/answer-tables.ts";
import { type Database, isOneOf } from "./database.ts";

const g = verdictGroups;

export interface DeploymentGroup extends CountedGroup {
  readonly deploymentId: string;
}

export interface RouteGroup extends CountedGroup {
  readonly route: string;
}

/** The groups of several deployments. */
export async function readGroups(db: Database, deploymentIds: readonly string[]): Promise<readonly DeploymentGroup[]> {
  const { deploymentId, signatures, verdict } = g;
  return db
    .select({ deploymentId, signatures, verdict, pairs: sum(g.pairs).mapWith(Number) })
    .from(g)
    .where(and(isOneOf(deploymentId, deploymentIds), gt(g.pairs, 0)))
    .groupBy(deploymentId, signatures, verdict);
}

/** The groups of one deployment, by route. A verdict whose pair has no row has no route. */
export async function readRouteGroups(db: Database, deploymentId: string): Promise<readonly RouteGroup[]> {
  const { route, signatures, verdict, pairs } = g;
  return db
    .select({ route, signatures, verdict, pairs })
    .from(g)
    .where(and(eq(g.deploymentId, deploymentId), gt(pairs, 0), ne(route, "")));
}
