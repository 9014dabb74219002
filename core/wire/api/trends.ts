/** Probe results over time: what `GET /api/probes` and `GET /api/trends` answer. */
import { z } from "zod";
import { BudgetRowSchema, ProbedEndpointSchema, ProbeOriginSchema, ProbeResultsSchema } from "./probes.ts";

/** Share of a budget at which a warning is due. */
export const BUDGET_WARNING_SHARE = 0.8;
/** Runs of one endpoint in one answer at most. */
export const MAX_TREND_RUNS = 200;

export const ProbeRunSchema = ProbeResultsSchema.extend({
  id: z.string(),
  receivedAt: z.string(),
  origin: ProbeOriginSchema,
  passed: z.boolean(),
  budgets: z.array(BudgetRowSchema),
}).meta({ id: "ProbeRun" });
export type ProbeRun = z.infer<typeof ProbeRunSchema>;

export const ProbeRunListSchema = z
  .object({ items: z.array(ProbeRunSchema), nextCursor: z.string().nullable() })
  .meta({ id: "ProbeRunList" });

/** One run of one endpoint, oldest first in a trend. */
export const TrendPointSchema = z
  .object({
    run: z.string(),
    at: z.string(),
    branch: z.string().nullable(),
    commit: z.string().nullable(),
    pull: z.int().nullable(),
    region: z.string().nullable(),
    figures: ProbedEndpointSchema,
    passed: z.boolean(),
  })
  .meta({ id: "TrendPoint" });

/** How much of a budget the newest run uses, and where that leads. */
export const BudgetUseSchema = z
  .object({
    budget: z.enum(["p95_ms", "p99_ms", "size_kb", "failure_rate"]),
    threshold: z.number(),
    value: z.number(),
    /** 1 is the whole budget. */
    use: z.number(),
    warning: z.boolean().describe("At or over the warning share, or over the budget."),
    daysToBreach: z
      .number()
      .nullable()
      .describe("By the trend of its runs; null where it does not rise or is not sure."),
  })
  .meta({ id: "BudgetUse" });

/** Where the level of an endpoint's p95 changed for good. */
export const StepSchema = z
  .object({
    run: z.string(),
    at: z.string(),
    commit: z.string().nullable(),
    /** Median p95 before and after, in milliseconds. */
    before: z.number(),
    after: z.number(),
  })
  .meta({ id: "TrendStep" });

export const TrendSchema = z
  .object({
    service: z.string(),
    repository: z.string().nullable(),
    endpoint: z.string(),
    points: z.array(TrendPointSchema),
    budgets: z.array(BudgetUseSchema),
    step: StepSchema.nullable(),
  })
  .meta({ id: "Trend" });
export type Trend = z.infer<typeof TrendSchema>;

export const TrendsSchema = z
  .object({ items: z.array(TrendSchema), branches: z.array(z.string()), regions: z.array(z.string()) })
  .meta({ id: "Trends" });
export type Trends = z.infer<typeof TrendsSchema>;

export const TrendQuerySchema = z.object({
  repository: z.string().max(200).optional(),
  service: z.string().max(100).optional(),
  endpoint: z.string().max(500).optional(),
  branch: z.string().max(300).optional(),
  pull: z.coerce.number().int().positive().optional(),
  region: z.string().max(60).optional(),
  runs: z.coerce.number().int().min(1).max(MAX_TREND_RUNS).default(50).describe("Newest runs of each endpoint."),
});

/** Runs of one page at most: each brings all its endpoints. */
export const MAX_PAGE_RUNS = 50;
const DEFAULT_PAGE_RUNS = 20;

export const ProbeQuerySchema = TrendQuerySchema.omit({ endpoint: true, runs: true }).extend({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_RUNS).default(DEFAULT_PAGE_RUNS).describe("Runs of a page."),
  cursor: z.string().max(500).optional().describe("`nextCursor` of the page before."),
});
