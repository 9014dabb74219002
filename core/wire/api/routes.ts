/** Routes of one deployment with their counts. */
import { z } from "zod";
import { VerdictCountsSchema } from "./deployments.ts";

export const RouteSchema = z
  .object({
    /** `GET /orders/{id}`. */
    route: z.string(),
    counts: VerdictCountsSchema,
    /** Drifts on this route that are not noise. */
    drifts: z.int(),
    /** Findings that were suppressed as noise. */
    noise: z.int(),
  })
  .meta({ id: "Route" });
export type Route = z.infer<typeof RouteSchema>;

export const RouteListSchema = z.object({ items: z.array(RouteSchema) }).meta({ id: "RouteList" });
