/** Path and query parameters of the API: what callers may ask for, and the bounds of a page. */
import { z } from "zod";
import { VERDICTS } from "../../verdict/severity.ts";
import { DEPLOYMENT_STATES } from "./deployments.ts";

/** Most items of one page. Deployments are dearer: each brings the counts of all its pairs. */
export const MAX_PAGE_PAIRS = 200;
export const MAX_PAGE_DEPLOYMENTS = 50;

const DEFAULT_PAGE_PAIRS = 50;
const DEFAULT_PAGE_DEPLOYMENTS = 20;

const CursorSchema = z.string().max(500).optional().describe("`nextCursor` of the page before.");

function pageSize(byDefault: number, most: number) {
  return z.coerce.number().int().min(1).max(most).default(byDefault).describe(`Items of a page, at most ${most}.`);
}

export const DeploymentParamsSchema = z.object({
  id: z.string().min(1).max(100).describe("`<repoId>-<pr>-<sha12>`"),
});

export const HostParamsSchema = z.object({
  host: z.string().min(1).max(253).describe("A production host's name, without port."),
});

export const PairParamsSchema = z.object({ id: z.string().min(1).max(64) });

export const PullParamsSchema = z.object({
  repoId: z.coerce.number().int().nonnegative(),
  pr: z.coerce.number().int().nonnegative(),
});

const OpenSchema = z
  .stringbool({ truthy: ["true"], falsy: ["false"] })
  .optional()
  .describe("`true`: those that are not closed, whatever else their state. `false`: the closed ones.");

export const DeploymentQuerySchema = z.object({
  state: z.enum(DEPLOYMENT_STATES).optional(),
  open: OpenSchema,
  limit: pageSize(DEFAULT_PAGE_DEPLOYMENTS, MAX_PAGE_DEPLOYMENTS),
  cursor: CursorSchema,
});

export const PullQuerySchema = DeploymentQuerySchema.omit({ state: true });

export const PairQuerySchema = z.object({
  verdict: z.enum(VERDICTS).optional().describe("After what models and people decided."),
  route: z.string().max(2_000).optional().describe("`GET /orders/{id}`"),
  signature: z.string().max(200).optional().describe("Only pairs in which a finding of this signature counts."),
  limit: pageSize(DEFAULT_PAGE_PAIRS, MAX_PAGE_PAIRS),
  cursor: CursorSchema,
});
