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

/** A figure with its 95 % confidence interval. */
const IntervalSchema = z.object({ low: z.number(), value: z.number(), high: z.number() }).meta({ id: "Interval" });
export type Interval = z.infer<typeof IntervalSchema>;

/** The shadow's latency beside the reference's, over all pairs of a route. */
export const LatencyShiftSchema = z
  .object({
    /** What the shadow is held against: the base stack where it answered often enough. */
    reference: z.enum(["base", "prod"]),
    /** The quantile that says most. */
    quantile: z.enum(["p50", "p95"]),
    /** Answers of the side that has fewer. */
    pairs: z.int(),
    /** The shadow's quantile over the reference's; 1 is as fast. */
    times: IntervalSchema,
    /** The shadow's quantile minus the reference's, in ms. */
    moreMs: IntervalSchema,
  })
  .meta({ id: "LatencyShift" });
export type LatencyShift = z.infer<typeof LatencyShiftSchema>;

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
    /** Of all pairs; `base` of those with a row. Null where nothing was measured. */
    latency: z.object({
      prod: QuantilesSchema.nullable(),
      shadow: QuantilesSchema.nullable(),
      control: QuantilesSchema.nullable(),
      base: QuantilesSchema.nullable(),
      /** Null where there are too few answers to tell. */
      shift: LatencyShiftSchema.nullable(),
    }),
  })
  .meta({ id: "Route" });
export type Route = z.infer<typeof RouteSchema>;

export const RouteListSchema = z.object({ items: z.array(RouteSchema) }).meta({ id: "RouteList" });
