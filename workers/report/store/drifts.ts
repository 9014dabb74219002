/** Rows of drifts. */
import { and, eq, gt } from "drizzle-orm";
import { drifts } from "../../../migrations/schema.ts";
import { type Database, isOneOf } from "./database.ts";

export type DriftRow = typeof drifts.$inferSelect;

export async function readDrifts(db: Database, deploymentId: string): Promise<readonly DriftRow[]> {
  return db.select().from(drifts).where(eq(drifts.deploymentId, deploymentId));
}

/** Which drift counts where. */
export type CountingDrift = Pick<DriftRow, "deploymentId" | "route" | "signature">;

/** Drifts that counted when their pairs were judged. Hindsight may still take some of them out. */
export async function readCounting(db: Database, deploymentIds: readonly string[]): Promise<readonly CountingDrift[]> {
  const { deploymentId, route, signature } = drifts;
  return db
    .select({ deploymentId, route, signature })
    .from(drifts)
    .where(and(isOneOf(deploymentId, deploymentIds), gt(drifts.count, 0)));
}
