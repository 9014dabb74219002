/** What a list of probed endpoints needs to know of their trends: `GET /api/trends/overview`, and what to narrow it by: `GET /api/trends/names`. */
import { z } from "zod";
import { BudgetUseSchema, StepSchema, TrendQuerySchema } from "./trends.ts";

/** Groups that the runs of an endpoint are thinned to at most: what a chart of a list's width can tell apart. */
export const MAX_THINNED = 12;
/** Endpoints of one page at most; pages also end before 20 KB. */
export const MAX_PAGE_ENDPOINTS = 50;
export const DEFAULT_PAGE_ENDPOINTS = 20;

/** `over`: the newest run is over a budget, or failed in some region. `unknown`: it has no budget. In the order in which they are listed. */
export const TREND_LEVELS = ["over", "near", "unknown", "held"] as const;
export type TrendLevel = (typeof TREND_LEVELS)[number];

const worst = z.array(z.number()).describe("The worst run of each group, rounded up to a thousandth.");

export const ThinnedSchema = z
  .object({
    from: z.string().describe("When the first run began."),
    runs: z.array(z.int().positive()).describe("Runs of each group, oldest first."),
    failed: z.array(z.int().nonnegative()).describe("How many of them failed."),
    p95_ms: worst,
    p99_ms: worst,
    size_kb: worst,
    failure_rate: worst,
  })
  .meta({ id: "ThinnedTrend" });
export type Thinned = z.infer<typeof ThinnedSchema>;

export const TrendSummarySchema = z
  .object({
    service: z.string(),
    repository: z.string().nullable(),
    endpoint: z.string(),
    level: z.enum(TREND_LEVELS),
    newest: z.object({ run: z.string(), at: z.string(), commit: z.string().nullable(), passed: z.boolean() }),
    failedIn: z.array(z.string()).describe("Regions whose newest run failed; `` is a run that names none."),
    budgets: z.array(BudgetUseSchema),
    step: StepSchema.nullable(),
    thinned: ThinnedSchema,
  })
  .meta({ id: "TrendSummary" });
export type TrendSummary = z.infer<typeof TrendSummarySchema>;

export const TrendOverviewSchema = z
  .object({
    items: z.array(TrendSummarySchema).describe("The worst level first, then by service, repository and endpoint."),
    levels: z.record(z.enum(TREND_LEVELS), z.int().nonnegative()).describe("Endpoints of all pages by level."),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "TrendOverview" });
export type TrendOverview = z.infer<typeof TrendOverviewSchema>;

export const TrendOverviewQuerySchema = TrendQuerySchema.omit({ endpoint: true, runs: true }).extend({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE_ENDPOINTS)
    .default(DEFAULT_PAGE_ENDPOINTS)
    .describe("Endpoints of a page; fewer where their names are long."),
  cursor: z.string().max(500).optional().describe("`nextCursor` of the page before."),
});

const names = z.array(z.string());
export const TrendNamesSchema = z
  .object({ repositories: names, services: names, branches: names, regions: names })
  .meta({ id: "TrendNames" });
export type TrendNames = z.infer<typeof TrendNamesSchema>;
