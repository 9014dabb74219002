/**
 * Stored verdicts, grouped. Pairs with the same findings share one text in `signatures`, so the thousands of pairs of a
 * deployment are few groups, and decisions are applied to the groups.
 */
import { count, eq } from "drizzle-orm";
import type { CountedGroup } from "../../../core/report/counts.ts";
import { responsePairs, verdicts } from "../../../migrations/schema.ts";
import { type Database, isOneOf } from "./database.ts";

export interface DeploymentGroup extends CountedGroup {
  readonly deploymentId: string;
}

export interface RouteGroup extends CountedGroup {
  readonly route: string;
}

/** The groups of several deployments, from the index alone. */
export async function readGroups(db: Database, deploymentIds: readonly string[]): Promise<readonly DeploymentGroup[]> {
  const { deploymentId, signatures, verdict } = verdicts;
  return db
    .select({ deploymentId, signatures, verdict, pairs: count() })
    .from(verdicts)
    .where(isOneOf(deploymentId, deploymentIds))
    .groupBy(deploymentId, signatures, verdict);
}

/** The groups of one deployment, by route. */
export async function readRouteGroups(db: Database, deploymentId: string): Promise<readonly RouteGroup[]> {
  const { route } = responsePairs;
  const { signatures, verdict } = verdicts;
  return db
    .select({ route, signatures, verdict, pairs: count() })
    .from(verdicts)
    .innerJoin(responsePairs, eq(responsePairs.id, verdicts.pairId))
    .where(eq(verdicts.deploymentId, deploymentId))
    .groupBy(route, signatures, verdict);
}
