/** Rows of routes: counts the consumer keeps. */
import { eq, max, sum } from "drizzle-orm";
import { routes } from "../../../migrations/schema.ts";
import { type Database, isOneOf } from "./database.ts";

export type RouteRow = typeof routes.$inferSelect;

/** What all routes of a deployment add up to. */
export interface RouteTotals {
  readonly deploymentId: string;
  readonly pairs: number;
  readonly shadowFailed: number;
  readonly lastPairAt: number;
}

export async function readRoutes(db: Database, deploymentId: string): Promise<readonly RouteRow[]> {
  return db.select().from(routes).where(eq(routes.deploymentId, deploymentId)).orderBy(routes.route);
}

/** What a list of drifts needs of routes: their sketches stay where they are. */
export async function readRouteActivity(db: Database, id: string) {
  const { deploymentId, route, pairs, lastPairAt } = routes;
  return db.select({ route, pairs, lastPairAt }).from(routes).where(eq(deploymentId, id)).orderBy(route);
}

/** One row per deployment that has pairs. */
export async function readTotals(db: Database, deploymentIds: readonly string[]): Promise<readonly RouteTotals[]> {
  const { deploymentId, pairs, shadowFailed, lastPairAt } = routes;
  return db
    .select({
      deploymentId,
      pairs: sum(pairs).mapWith(Number),
      shadowFailed: sum(shadowFailed).mapWith(Number),
      lastPairAt: max(lastPairAt).mapWith(Number),
    })
    .from(routes)
    .where(isOneOf(deploymentId, deploymentIds))
    .groupBy(deploymentId);
}
