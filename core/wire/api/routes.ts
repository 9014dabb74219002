/** Routes of one deployment with their counts. */
import { z } from "zod";
import { VerdictCountsSchema } from "./deployments.ts";

const Ms = z.number().nonnegative();

/** Latencies of one side in milliseconds, each at most 1 % beside the true one. */
export const QuantilesSchema = z
  .object({
    /** Answers that were measured. */
    pairs: z.int(),
    p50: Ms,
    p95: Ms,
    p99: Ms,
  })
  .meta({ id: "Quantiles" });
export type Quantiles = z.infer<typeof QuantilesSchema>;

export const RouteSchema = z
  .object({
    /** `GET /orders/{id}`. */
    route: z.string(),
    counts: VerdictCountsSchema,
    /** Of its pairs, the byte-equal ones that were settled in the tee and have no row. */
    equalWithoutRow: z.int(),
    /** Pairs whose reference was asked twice. */
    secondAnswers: z.int(),
    /** Drifts on this route that are not noise. */
    drifts: z.int(),
    /** Findings that were suppressed as noise. */
    noise: z.int(),
    /** Of the newest pairs with a row and all without one. Null where nothing was measured; `control` of the latter only. */
    latency: z.object({
      prod: QuantilesSchema.nullable(),
      shadow: QuantilesSchema.nullable(),
      control: QuantilesSchema.nullable(),
    }),
  })
  .meta({ id: "Route" });
export type Route = z.infer<typeof RouteSchema>;

export const RouteListSchema = z.object({ items: z.array(RouteSchema) }).meta({ id: "RouteList" });
