/** `POST /api/leases`: renews the leases of many deployments with one call. Each carries its full routes to the registries. */
import { z } from "zod";

/** All shadows of one provisioner; more are renewed by a second call. */
export const MAX_LEASES = 200;

export const LeasesPostSchema = z
  .strictObject({ ids: z.array(z.string().min(1).max(100)).max(MAX_LEASES) })
  .meta({ id: "LeasesPost" });

export const LeasesSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        /** ISO 8601; null: it was not renewed. */
        expiresAt: z.string().nullable(),
        /** Code of the problem, such as `deployment-not-ready`; null: it was renewed. */
        problem: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Leases" });
