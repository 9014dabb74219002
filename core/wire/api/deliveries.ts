/** Webhook deliveries, recorded for audit and against repetition. */
import { z } from "zod";

/** `POST /api/deliveries`: 201 for a new one, 409 `delivery-known` for one that was told before. */
export const DeliveryPostSchema = z
  .strictObject({
    /** GitHub's `X-GitHub-Delivery`. */
    id: z.string().min(1).max(100),
    event: z.string().min(1).max(100),
    action: z.string().max(100).nullable().default(null),
    repoId: z.int().nonnegative().nullable().default(null),
    prNumber: z.int().nonnegative().nullable().default(null),
  })
  .meta({ id: "DeliveryPost" });
export type DeliveryPost = z.input<typeof DeliveryPostSchema>;

export const DeliverySchema = z.object({ id: z.string(), receivedAt: z.string() }).meta({ id: "Delivery" });
