/** Drifts: all findings of one signature in one deployment. */
import { z } from "zod";
import { DIFFERENCE_KINDS } from "../../compare/difference.ts";
import { NOISE_KINDS } from "../../noise/kind.ts";
import { DeciderSchema, DifferenceSchema, SeveritySchema, VerdictSchema } from "./verdict.ts";

/** Which requests show a drift: `38 of 38 with currency=EUR, 0 of 611 otherwise`. Of the pairs that were read, the newest. */
const ConditionSchema = z
  .object({
    /** `currency=EUR and without header accept-language`. */
    words: z.string(),
    /** Pairs for which it holds, and of these the ones that show the drift. */
    matching: z.int(),
    matchingFailing: z.int(),
    /** All other pairs, and of these the ones that show the drift. */
    others: z.int(),
    othersFailing: z.int(),
    /** How probable it is by chance, in the half of the pairs in which it was not searched, corrected for what was tried. */
    pValue: z.number(),
  })
  .meta({ id: "Condition" });

/** Why no condition is told: nearly every request shows the drift, too few of one kind to tell, or nothing parts them. */
const NoConditionSchema = z.enum(["always", "few", "none"]).meta({ id: "NoCondition" });

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
    noise: z.object({ reason: z.string(), by: z.enum(NOISE_KINDS).optional() }).nullable(),
    /** One difference as an example; absent for findings on whole pairs. */
    sample: DifferenceSchema.nullable(),
    /** Ids of up to 20 pairs that show it, those with the smallest requests and answers first. */
    examples: z.array(z.string()),
    /** When it breaks; null where that is not known, with the reason where it was searched for. */
    condition: ConditionSchema.nullable(),
    noCondition: NoConditionSchema.nullable(),
    /** The smallest request that shows it, as a curl command; null where no request is kept. */
    curl: z.string().nullable(),
    /** Drifts of one cause share it, on however many routes: a header that is gone everywhere. */
    cause: z.string(),
  })
  .meta({ id: "Drift" });
export type Drift = z.infer<typeof DriftSchema>;

/** Ordered by verdict (worst first), then count. */
export const DriftListSchema = z
  .object({
    items: z.array(DriftSchema),
    /** Where most values differ and no shape does: what to do about it, in a sentence or two. Null otherwise. */
    shapeHint: z.string().nullable().default(null),
  })
  .meta({ id: "DriftList" });
