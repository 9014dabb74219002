/** Findings and verdicts as the API, the CLI's output lines and the pages carry them. */
import { z } from "zod";
import { DIFFERENCE_KINDS } from "../../compare/difference.ts";
import { NOISE_KINDS } from "../../noise/kind.ts";
import { DECIDERS, SEVERITIES, VERDICTS } from "../../verdict/severity.ts";

export const VerdictSchema = z.enum(VERDICTS).meta({ id: "Verdict" });
export const SeveritySchema = z.enum(SEVERITIES).meta({ id: "Severity" });
export const DeciderSchema = z.enum(DECIDERS).meta({ id: "Decider" });

export const DifferenceSchema = z
  .object({
    part: z.enum(["status", "header", "body"]),
    kind: z.enum(DIFFERENCE_KINDS),
    path: z.string(),
    pattern: z.string(),
    reference: z.string().optional(),
    shadow: z.string().optional(),
  })
  .meta({ id: "Difference" });

/** `by`: the kind of the reason, for grouping; verdicts stored by earlier versions have none. */
const NoiseSchema = z.object({ reason: z.string(), by: z.enum(NOISE_KINDS).optional() }).nullable();

/** A finding in the output of `shadow-infra compare` and of `POST /compare`. */
export const FindingSchema = z
  .object({
    rule: z.string(),
    severity: SeveritySchema,
    path: z.string(),
    signature: z.string(),
    noise: NoiseSchema,
  })
  .meta({ id: "Finding" });

/** A finding with what the pair's page shows of it. */
export const FindingDetailSchema = FindingSchema.extend({
  pattern: z.string(),
  reason: z.string(),
  floor: SeveritySchema,
  ceiling: SeveritySchema,
  differences: z.array(DifferenceSchema),
}).meta({ id: "FindingDetail" });

/** One output line of `shadow-infra compare`; also the answer of `POST /compare`, without `id`. */
export const JudgementSchema = z
  .object({
    id: z.string(),
    verdict: VerdictSchema,
    decidedBy: DeciderSchema,
    reasoning: z.string(),
    findings: z.array(FindingSchema),
  })
  .meta({ id: "Judgement" });
export type Judgement = z.infer<typeof JudgementSchema>;
