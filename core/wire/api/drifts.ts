/** Drifts: all findings of one signature in one deployment. */
import { z } from "zod";
import { DIFFERENCE_KINDS } from "../../compare/difference.ts";
import { DeciderSchema, DifferenceSchema, SeveritySchema, VerdictSchema } from "./verdict.ts";

export const DriftSchema = z
  .object({
    signature: z.string(),
    rule: z.string(),
    /** What the rule says. */
    severity: SeveritySchema,
    /** After what a model or a person said. */
    verdict: VerdictSchema,
    decidedBy: DeciderSchema,
    modelVersion: z.string().nullable(),
    reasoning: z.string(),
    /** A model's answer is missing: still waited for, or no more, and the rule's verdict stands. Absent otherwise. */
    question: z.object({ state: z.enum(["open", "unavailable"]), reason: z.string() }).optional(),
    /** `GET /orders/{id}`. */
    route: z.string(),
    pattern: z.string(),
    kind: z.enum(DIFFERENCE_KINDS).nullable(),
    /** Pairs that show it. */
    count: z.int(),
    /** Pairs of the same route, the count's denominator. */
    routePairs: z.int(),
    firstSeen: z.string(),
    lastSeen: z.string(),
    /** Set when it is noise: shown and counted, without effect on any verdict. */
    noise: z.object({ reason: z.string() }).nullable(),
    /** One difference as an example; absent for findings on whole pairs. */
    sample: DifferenceSchema.nullable(),
    /** Ids of up to 20 pairs that show it. */
    examples: z.array(z.string()),
  })
  .meta({ id: "Drift" });
export type Drift = z.infer<typeof DriftSchema>;

/** Ordered by verdict (worst first), then count. */
export const DriftListSchema = z.object({ items: z.array(DriftSchema) }).meta({ id: "DriftList" });
