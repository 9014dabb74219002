/** Pairs: a line of the list, and one whole with both answers. All values are redacted. */
import { z } from "zod";
import { FAILURE_REASONS } from "../../pair/pair.ts";
import { ObservationSchema, RequestSchema } from "../recorded-pair.ts";
import { DeciderSchema, FindingDetailSchema, VerdictSchema } from "./verdict.ts";

export const PairSummarySchema = z
  .object({
    id: z.string(),
    deploymentId: z.string(),
    route: z.string(),
    method: z.string(),
    path: z.string(),
    capturedAt: z.string(),
    prodStatus: z.int().nullable(),
    shadowStatus: z.int().nullable(),
    shadowFailed: z.enum(FAILURE_REASONS).nullable(),
    prodLatencyMs: z.number(),
    shadowLatencyMs: z.number(),
    /** Both answers were equal byte for byte. Such a pair may have been settled in the tee, which sends no bodies. */
    equal: z.boolean(),
    verdict: VerdictSchema,
    decidedBy: DeciderSchema,
    reasoning: z.string(),
  })
  .meta({ id: "PairSummary" });
export type PairSummary = z.infer<typeof PairSummarySchema>;

export const PairListSchema = z
  .object({ items: z.array(PairSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: "PairList" });

/** What was sent and what came back, as it lies in the bucket. */
export const ExchangeSchema = z
  .object({
    request: RequestSchema,
    prod: ObservationSchema,
    shadow: ObservationSchema,
    control: ObservationSchema.optional(),
    base: ObservationSchema.optional(),
    baseAgain: ObservationSchema.optional(),
  })
  .meta({ id: "Exchange" });
export type Exchange = z.infer<typeof ExchangeSchema>;

export const PairDetailSchema = PairSummarySchema.extend({
  modelVersion: z.string().nullable(),
  findings: z.array(FindingDetailSchema),
  /** Null when the answers of this pair were not kept: only examples are. */
  exchange: ExchangeSchema.nullable(),
}).meta({ id: "PairDetail" });
export type PairDetail = z.infer<typeof PairDetailSchema>;
