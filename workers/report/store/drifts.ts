/** Rows of drifts. */
import { and, count, eq, gt } from "drizzle-orm";
import { drifts } from "../../../migrations/schema.ts";
import { type Database, isOneOf } from "./database.ts";

export type DriftRow = typeof drifts.$inferSelect;

export async function readDrifts(db: Database, deploymentId: string): Promise<readonly DriftRow[]> {
  return db.select().from(drifts).where(eq(drifts.deploymentId, deploymentId));
}

export interface DriftCount {
  readonly deploymentId: string;
  readonly route: string;
  readonly drifts: number;
}

/** Drifts that count (not noise), by deployment and route. */
export async function countDrifts(db: Database, deploymentIds: readonly string[]): Promise<readonly DriftCount[]> {
  const { deploymentId, route } = drifts;
  return db
    .select({ deploymentId, route, drifts: count() })
    .from(drifts)
    .where(and(isOneOf(deploymentId, deploymentIds), gt(drifts.count, 0)))
    .groupBy(deploymentId, route);
}
