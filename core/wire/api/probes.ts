/**
 * Results of a performance probe: the file that `shadow-infra probe` writes, and what the report Worker keeps of it. The names of the first
 * level and of an endpoint's six figures are those of the probes that teams have already, so that their tools read ours.
 */
import { z } from "zod";

/** Of the additions; the six figures never change. */
export const PROBE_SCHEMA_VERSION = 1;
/** Endpoints of one run at most. */
export const MAX_PROBE_ENDPOINTS = 100;

const ms = z.number().nonnegative().max(3_600_000);

/** What one probed endpoint did. Times are milliseconds from sending to the end of the body; percentiles by nearest rank. */
export const ProbedEndpointSchema = z
  .object({
    p50: ms,
    p95: ms,
    p99: ms,
    avg_size_kb: z.number().nonnegative().describe("Mean size of the bodies, in units of 1,024 bytes."),
    failures: z.int().nonnegative(),
    failure_rate: z.number().min(0).max(1),
    // Additions.
    method: z.string().max(20).optional(),
    requests: z.int().nonnegative().optional(),
    max_ms: ms.optional(),
    max_size_kb: z.number().nonnegative().optional(),
    failure_reasons: z.record(z.string().max(40), z.int().positive()).optional().describe("How often, by reason."),
  })
  .meta({ id: "ProbedEndpoint" });
export type ProbedEndpoint = z.infer<typeof ProbedEndpointSchema>;

/** One budget of one endpoint, and whether it held. At the threshold is over it. */
export const BudgetRowSchema = z
  .object({
    endpoint: z.string().max(500),
    budget: z.enum(["p95_ms", "p99_ms", "size_kb", "failure_rate", "ratio_p95", "ratio_p99"]),
    value: z.number().nonnegative(),
    threshold: z.number().nonnegative(),
    passed: z.boolean(),
    judged: z
      .literal(false)
      .optional()
      .describe("Shown and not judged: a time's budget where the ratio to another service decides."),
    note: z
      .string()
      .max(300)
      .optional()
      .describe("Such as `max of 20`: what the value is where it is not what its name says."),
  })
  .meta({ id: "BudgetRow" });
export type BudgetRow = z.infer<typeof BudgetRowSchema>;

/** Where a run was made: all of it optional, none of it judged. */
export const ProbeOriginSchema = z
  .object({
    repository: z.string().max(200).optional().describe("`owner/name`"),
    branch: z.string().max(300).optional(),
    commit: z.string().max(64).optional(),
    pull: z.int().positive().optional(),
    region: z.string().max(60).optional(),
    service: z.string().max(100).optional().describe("Which service was probed; default: the preset's name."),
    run_url: z.url().max(500).optional(),
  })
  .meta({ id: "ProbeOrigin" });
export type ProbeOrigin = z.infer<typeof ProbeOriginSchema>;

/** Steps of concurrency that the load mode takes at most. */
export const MAX_LOAD_STEPS = 20;

/** One endpoint at one concurrency. */
export const LoadStepSchema = z
  .object({
    endpoint: z.string().max(500),
    concurrency: z.int().positive(),
    throughput: z.number().nonnegative().describe("Answers a second that were no failures."),
    p50: ms,
    p95: ms,
    failure_rate: z.number().min(0).max(1),
    // Additions.
    p99: ms.optional(),
    requests: z.int().nonnegative().optional(),
    failure_reasons: z.record(z.string().max(40), z.int().positive()).optional(),
    knee: z.literal(true).optional().describe("More concurrency than here buys waiting and little else."),
  })
  .meta({ id: "ProbeLoadStep" });
export type LoadStep = z.infer<typeof LoadStepSchema>;

/** What the steps of one endpoint say together. */
export const LoadSummarySchema = z
  .object({
    peak: z.number().nonnegative().describe("The greatest throughput, in answers a second."),
    knee: z.int().positive().nullable().describe("The step with the greatest throughput over response time."),
    saturation: z
      .number()
      .nonnegative()
      .nullable()
      .describe("Requests at a time that fill the service: the peak times the smallest median."),
    stopped: z.string().max(300).optional().describe("Why higher steps were left out."),
    judged_at: z.int().positive(),
    budgets: z.array(BudgetRowSchema).max(6).describe("Of the step that is judged."),
  })
  .meta({ id: "ProbeLoadSummary" });
export type LoadSummary = z.infer<typeof LoadSummarySchema>;

/** The results file. */
export const ProbeResultsSchema = z
  .object({
    timestamp: z.iso.datetime({ offset: true }),
    base_url: z.string().max(500),
    iterations: z.int().positive(),
    endpoints: z
      .record(z.string().min(1).max(500), ProbedEndpointSchema)
      .refine((all) => Object.keys(all).length <= MAX_PROBE_ENDPOINTS, `at most ${MAX_PROBE_ENDPOINTS} endpoints`)
      .describe("By path; where two endpoints share one, by method and path."),
    // Additions.
    schemaVersion: z.literal(PROBE_SCHEMA_VERSION).optional(),
    passed: z.boolean().optional(),
    budgets: z
      .array(BudgetRowSchema)
      .max(MAX_PROBE_ENDPOINTS * 6)
      .optional(),
    origin: ProbeOriginSchema.optional(),
    interrupted: z.literal(true).optional().describe("It was ended before all was sent."),
    compare: z
      .object({ base_url: z.string().max(500), endpoints: z.record(z.string().min(1).max(500), ProbedEndpointSchema) })
      .optional()
      .describe("The service that the ratios are held against."),
    load: z
      .array(LoadStepSchema)
      .max(MAX_PROBE_ENDPOINTS * MAX_LOAD_STEPS)
      .optional(),
    load_summary: z.record(z.string().min(1).max(500), LoadSummarySchema).optional().describe("By endpoint, as above."),
  })
  .meta({ id: "ProbeResults" });
export type ProbeResults = z.infer<typeof ProbeResultsSchema>;
