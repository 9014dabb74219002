/** What is asked of the model about one signature, and what it answers. The question is stored, so that it can be asked again. */
import { z } from "zod";
import { SEVERITIES } from "../verdict/severity.ts";

const ExcerptSchema = z.object({
  path: z.string(),
  kind: z.string(),
  part: z.string(),
  reference: z.string().nullable(),
  shadow: z.string().nullable(),
  /** Redacted text around the difference on each side; null where there is none. */
  aroundReference: z.string().nullable(),
  aroundShadow: z.string().nullable(),
});

const SideFlagsSchema = z.object({
  status: z.int().nullable(),
  failed: z.string().nullable(),
  contentType: z.string().nullable(),
  bytes: z.int(),
  latencyMs: z.number(),
  truncated: z.boolean(),
});

export const QuestionSchema = z.object({
  route: z.string(),
  rule: z.string(),
  pattern: z.string(),
  reason: z.string(),
  severity: z.enum(SEVERITIES),
  floor: z.enum(SEVERITIES),
  ceiling: z.enum(SEVERITIES),
  flags: z.object({
    reference: SideFlagsSchema,
    shadow: SideFlagsSchema,
    /** A second answer of known-good code was there and did not show this difference. */
    control: z.boolean(),
    /** Rules of the same pair's other findings that count. */
    otherRules: z.array(z.string()),
  }),
  differences: z.array(ExcerptSchema),
});
/** A question as it is kept: with the deployment whose budget its calls are counted against. */
export const KeptQuestionSchema = z.object({ deploymentId: z.string(), question: QuestionSchema });

export type Question = z.infer<typeof QuestionSchema>;
export type Excerpt = z.infer<typeof ExcerptSchema>;
export type SideFlags = z.infer<typeof SideFlagsSchema>;

/** The structured output. Anything else counts as no answer. */
export const ModelAnswerSchema = z.object({
  verdict: z.enum(SEVERITIES).describe("How severe this difference is for a client of the service."),
  reasoning: z.string().describe("One or two plain sentences for the reviewer of the pull request."),
  confidence: z.number().optional().describe("From 0 (a guess) to 1 (certain)."),
});
export type ModelAnswer = z.infer<typeof ModelAnswerSchema>;
