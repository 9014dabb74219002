/**
 * `GET /api/shadow/stats` and `POST /api/shadow/events`: shadow mode in the shape that probes of shadow services expect. A corridor is a
 * route here; a delta is the shadow's latency less its reference's (control where one was asked, else prod), in milliseconds.
 */
import { z } from "zod";

/** Events of one page at most: a page of them stays far below the 25 KB that a probe allows. */
export const MAX_PAGE_EVENTS = 100;
const DEFAULT_PAGE_EVENTS = 50;

const CorridorSchema = z
  .object({
    corridor: z.string().describe("A route: `GET /orders/{id}`."),
    count: z.int().nonnegative(),
    avg_delta: z.number(),
    max_delta: z.number(),
  })
  .meta({ id: "ShadowCorridor" });

export const ShadowStatsSchema = z
  .object({
    model_version: z.string().min(1).describe("Version of the pipeline, and the model where one is asked."),
    p50: z.number().nonnegative(),
    p95: z.number().nonnegative(),
    p99: z.number().nonnegative(),
    count: z.int().nonnegative().describe("Shadow answers that were measured."),
    drift: z.object({
      avg_delta: z.number(),
      max_delta: z.number(),
      corridors: z.array(CorridorSchema),
    }),
    nextCursor: z.string().nullable().describe("For more corridors; null at the end."),
  })
  .meta({ id: "ShadowStats" });
export type ShadowStats = z.infer<typeof ShadowStatsSchema>;

const cursor = z.string().max(500).optional().describe("`nextCursor` of the page before.");
const deployment = z.string().min(1).max(100).optional().describe("Only this deployment; default: all that are open.");

export const ShadowStatsQuerySchema = z.object({
  deployment,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE_EVENTS)
    .default(DEFAULT_PAGE_EVENTS)
    .describe("Corridors of a page."),
  cursor,
});

/** The body may be empty: the newest page of all open deployments. */
export const ShadowEventsPostSchema = z
  .strictObject({
    deployment,
    corridor: z.string().max(2_000).optional(),
    limit: z.int().min(1).max(MAX_PAGE_EVENTS).default(DEFAULT_PAGE_EVENTS),
    cursor,
  })
  .prefault({})
  .meta({ id: "ShadowEventsPost" });

export const ShadowEventSchema = z
  .object({
    id: z.string(),
    deployment: z.string(),
    corridor: z.string(),
    timestamp: z.string().describe("RFC 3339, when the pair was captured."),
    delta: z.number().describe("Milliseconds; 0 where the shadow never answered, which `failed` then names."),
    failed: z.string().nullable(),
  })
  .meta({ id: "ShadowEvent" });

export const ShadowEventsSchema = z
  .object({
    model_version: z.string().min(1),
    events: z.array(ShadowEventSchema),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "ShadowEvents" });
export type ShadowEvents = z.infer<typeof ShadowEventsSchema>;
