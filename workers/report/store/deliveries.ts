/** Webhook deliveries as they were told: kept against repetition and for audit, for a month. */
import { lt } from "drizzle-orm";
import { deliveries } from "../../../migrations/schema.ts";
import type { Database } from "./database.ts";

/** GitHub redelivers what is at most 3 days old; the rest of the month is for people who look back. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

type DeliveryRow = typeof deliveries.$inferSelect;

/** False: it was told before. Each new one takes those away that are too old, so the table needs no other upkeep. */
export async function recordDelivery(db: Database, delivery: DeliveryRow): Promise<boolean> {
  const [inserted] = await db.batch([
    db.insert(deliveries).values(delivery).onConflictDoNothing().returning({ id: deliveries.id }),
    db.delete(deliveries).where(lt(deliveries.receivedAt, delivery.receivedAt - KEPT_MS)),
  ]);
  return inserted.length > 0;
}
